/* roast.h: activation steering for language models on ONNX Runtime, as a C library. C11 and C++; 64-bit platforms.
 *
 * FAILURE    A function that can fail returns roast_status; ROAST_OK is 0. On any other status but ROAST_END the text is
 *            in roast_last_error() on the same thread. Out parameters are defined on every way out: a handle is NULL
 *            unless ROAST_OK. Nothing is thrown, and no input crashes the library: null and freed handles, wrong
 *            struct_size, text that is not UTF-8 and lengths that cannot be meant are statuses. Pointers must be NULL or
 *            point to what the function says; that cannot be checked.
 * HANDLES    Opaque; numbers rather than addresses, so never dereferenced. Each comes from one function and is freed by one;
 *            freeing NULL, or twice, is ROAST_E_HANDLE. A handle that is freed while a call uses it is dead at once for
 *            everyone else, and its object goes when that call returns: freeing inside a callback is safe.
 * THREADS    Any function may be called from any thread, on the same handles, at the same time. Calls on one model run side
 *            by side with rows of their own; roast_generation_next on one handle takes turns.
 * CALLBACKS  Run on the thread that made the call, before it returns. They may call the library again, also with the
 *            same handles. They must return: no longjmp and no C++ exception through the library. What they are given is
 *            valid until they return.
 * TEXT       UTF-8. "const char*" without a length ends with a zero. Text is copied before the call returns.
 * BUFFERS    Where the caller gives a buffer and a capacity, the length that is needed is always written; a buffer that is too
 *            small, or NULL, gives ROAST_E_BUFFER and is left alone. Text buffers need length + 1 bytes for the zero.
 * STRUCTS    Begin with struct_size, set by the caller: ROAST_INIT(roast_model_info, info). Absent fields count as zero,
 *            zero means the default, and a NULL options pointer means all defaults. Versions add fields at the end and functions;
 *            nothing is changed or removed within one ROAST_ABI_VERSION.
 * STATE      Nothing is global but the table of handles and, per thread, the last error's text. The library is loaded once and stays: neither
 *            dlclose nor calls in a forked child are supported. */
#ifndef ROAST_H
#define ROAST_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define ROAST_API __declspec(dllimport)
#define ROAST_CALL __cdecl
#else
#define ROAST_API
#define ROAST_CALL
#endif

#define ROAST_ABI_VERSION 1u
#define ROAST_ZERO_TERMINATED SIZE_MAX          /* a text's length: up to its zero */
#define ROAST_MAX_TEXT_BYTES 67108864u          /* longer texts are ROAST_E_ARGUMENT */
#define ROAST_MAX_ITEMS 16777216u               /* longer arrays are ROAST_E_ARGUMENT */

/* Defines a struct with its size set and every other field zero. */
#ifdef __cplusplus
#define ROAST_INIT(type, name) type name = {}; name.struct_size = sizeof(type)
#else
#define ROAST_INIT(type, name) type name = { .struct_size = sizeof(type) }
#endif

typedef int32_t roast_status;
enum {
    ROAST_OK = 0,
    ROAST_E_ARGUMENT = 1,                       /* a null pointer, a value outside its range, bad UTF-8, wrong struct_size */
    ROAST_E_HANDLE = 2,                         /* null, freed, or a handle of another kind */
    ROAST_E_CANCELLED = 3,                      /* roast_cancel_request */
    ROAST_E_ABORTED = 4,                        /* a callback returned other than 0 */
    ROAST_E_BUFFER = 5,                         /* the caller's buffer is too small; the length was written */
    ROAST_E_STATE = 6,                          /* not possible now: a relative strength without known norms, an unfinished answer */
    ROAST_E_OUT_OF_MEMORY = 7,
    ROAST_E_INTERNAL = 8,                       /* a fault of the library: please report its text */
    ROAST_END = 9,                              /* no failure: the answer has no further piece */
    ROAST_E_NOT_FOUND = 10,                     /* a file or folder does not exist */
    ROAST_E_BAD_FILE = 11,                      /* damaged, cut short, too large, or of another format */
    ROAST_E_UNSUPPORTED = 12,                   /* a model, tokenizer or chat template of a kind that is not known */
    ROAST_E_VECTOR_DOES_NOT_FIT = 13,           /* points or widths that the model does not have */
    ROAST_E_BAD_TASK = 14,                      /* questions that cannot be used */
    ROAST_E_NOT_FINITE = 15,                    /* NaN or infinity in an activation, a logit or a vector */
    ROAST_E_NO_CONTRAST = 16,                   /* no question gave a contrast */
    ROAST_E_OVERLAP = 17,                       /* train, dev and test share questions */
    ROAST_E_TOO_LARGE = 18,                     /* exceeds the model's context or a memory limit */
    ROAST_E_RUNTIME = 19,                       /* ONNX Runtime refused; the text carries its words */
    ROAST_E_CANNOT_WRITE = 20,                  /* the output exists, or its folder cannot be written */
    ROAST_E_DEVICE = 21                         /* a device that is missing or failed */
};

typedef struct roast_model roast_model;
typedef struct roast_vector roast_vector;
typedef struct roast_steering roast_steering;
typedef struct roast_cancel roast_cancel;
typedef struct roast_generation roast_generation;
typedef struct roast_batch roast_batch;
typedef struct roast_activations roast_activations;

/* ---- the library ---------------------------------------------------------------------------------------------- */

/** The library's ABI version. Compare it with ROAST_ABI_VERSION: equal means that this header fits. Never fails. */
ROAST_API uint32_t ROAST_CALL roast_abi_version(void);

/** The library's version, such as "0.1.0". Owned by the library, valid for ever. Never fails. */
ROAST_API const char* ROAST_CALL roast_version(void);

/** What the last failure on this thread was about: what, where, what was expected, what to do next. Never NULL; "" where nothing
 *  failed yet; a success leaves it alone. Owned by the library, valid until the next failure on this thread or its end. */
ROAST_API const char* ROAST_CALL roast_last_error(void);

/** A status's name, such as "ROAST_E_BAD_FILE"; "ROAST_E_UNKNOWN" for other numbers. Valid for ever. Never fails. */
ROAST_API const char* ROAST_CALL roast_status_name(roast_status status);

enum { ROAST_DEVICE_CPU = 0 };

typedef struct roast_device_info {
    size_t struct_size;
    int32_t kind;                               /* ROAST_DEVICE_* */
    int32_t cores;                              /* that this process may use */
    char name[64];
} roast_device_info;

/** How many devices can run models: at least 1, the processor. @return ROAST_OK or ROAST_E_ARGUMENT (count is NULL). */
ROAST_API roast_status ROAST_CALL roast_device_count(size_t* count);

/** Describes a device. @return ROAST_OK or ROAST_E_ARGUMENT (no such index, info). */
ROAST_API roast_status ROAST_CALL roast_device_get(size_t index, roast_device_info* info);

/* ---- cancelling ----------------------------------------------------------------------------------------------- */

/** Makes a handle that ends the calls it was given to, also inside a step. Good for one request. Free with roast_cancel_free. */
ROAST_API roast_status ROAST_CALL roast_cancel_create(roast_cancel** cancel);

/** Ends all calls that were given the handle, now and later, with ROAST_E_CANCELLED. From any thread; returns at once. */
ROAST_API roast_status ROAST_CALL roast_cancel_request(roast_cancel* cancel);

/** Frees the handle; calls that run under it go on. */
ROAST_API roast_status ROAST_CALL roast_cancel_free(roast_cancel* cancel);

/* ---- models --------------------------------------------------------------------------------------------------- */

enum { ROAST_LOG_INFO = 0, ROAST_LOG_WARNING = 1 };

/** Told what a model's calls did, on the thread of the call. message: valid until the callback returns. */
typedef void (ROAST_CALL* roast_log_fn)(void* user, int32_t level, const char* message);

enum { ROAST_PRECISION_FLOAT32 = 0, ROAST_PRECISION_INT4 = 1, ROAST_PRECISION_FLOAT16 = 2 };

typedef struct roast_open_options {
    size_t struct_size;
    int32_t threads;                            /* inside one operator; 0: chosen by the model's size */
    int32_t max_rows;                           /* that decode together; 0: 64 */
    int64_t max_kv_bytes;                       /* of KV cache of one call; 0: 8 GiB */
    int32_t precision;                          /* ROAST_PRECISION_*: of a .gguf file, and FLOAT16 of a Hugging Face folder too. 0: float32, on cuda float16 */
    int32_t reserved;
    roast_log_fn log;                           /* NULL: nobody is told */
    void* log_user;                             /* given to log; must live as long as the model */
    const char* device;                         /* "cpu", "cuda" (the first usable one) or "cuda:N"; UTF-8, copied; NULL: cpu. On cuda models compute in float16 */
    int32_t cpu_fallback;                       /* not 0: where the device cannot be used, run on the CPU; log is told why */
    int32_t reserved2;
} roast_open_options;

/** Opens a Hugging Face folder, an ONNX folder that Roast exported, or a .gguf file. Reads headers; weights are mapped when a
 *  first call needs them. @param model receives the model; free with roast_model_free.
 *  @return ROAST_OK, ROAST_E_ARGUMENT, ROAST_E_NOT_FOUND, ROAST_E_BAD_FILE, ROAST_E_UNSUPPORTED or ROAST_E_DEVICE. */
ROAST_API roast_status ROAST_CALL roast_model_open(const char* path, const roast_open_options* options, roast_model** model);

/** Frees a model. Vectors, steerings, batches and activations that came from it stay; a roast_generation keeps it alive. */
ROAST_API roast_status ROAST_CALL roast_model_free(roast_model* model);

typedef struct roast_model_info {
    size_t struct_size;
    int32_t layers;
    int32_t hidden_size;                        /* width of resid_post, attn_out, mlp_out */
    int32_t intermediate_size;                  /* width of mlp_act */
    int32_t heads;
    int32_t kv_heads;
    int32_t head_size;
    int32_t vocabulary_size;                    /* ids are 0 .. vocabulary_size - 1 */
    int32_t max_positions;                      /* tokens of prompt and answer together */
    int32_t has_tokenizer;                      /* 0: the model takes and gives ids only */
    int32_t has_chat_template;                  /* 0: prompts are plain text */
    int32_t threads;
    int32_t reserved;
    char family[32];                            /* such as "qwen3" */
} roast_model_info;

/** Describes a model. @return ROAST_OK, ROAST_E_HANDLE or ROAST_E_ARGUMENT. */
ROAST_API roast_status ROAST_CALL roast_model_get_info(roast_model* model, roast_model_info* info);

/** The tokens that end an answer. ids: [capacity], may be NULL to ask for the count. @return ROAST_OK, ROAST_E_HANDLE, ROAST_E_BUFFER. */
ROAST_API roast_status ROAST_CALL roast_model_end_tokens(roast_model* model, int32_t* ids, size_t capacity, size_t* count);

/** Refuses a vector that does not fit (ROAST_E_VECTOR_DOES_NOT_FIT), and writes what is doubtful about one that does, a line each:
 *  other weights, another tokenizer. Hashes the weights on first use. Generation checks points and widths by itself. */
ROAST_API roast_status ROAST_CALL roast_model_check_vector(roast_model* model, roast_vector* vector, char* warnings, size_t capacity, size_t* length);

/* ---- text and tokens ------------------------------------------------------------------------------------------
 * All: ROAST_OK, ROAST_E_HANDLE, ROAST_E_ARGUMENT, ROAST_E_BUFFER, and ROAST_E_UNSUPPORTED where the model has no tokenizer. */

/** The ids of plain text; control tokens in it stay text. length: bytes, or ROAST_ZERO_TERMINATED. */
ROAST_API roast_status ROAST_CALL roast_tokenize(roast_model* model, const char* text, size_t length, int32_t* ids, size_t capacity, size_t* count);

/** The ids of a prompt: one user turn where the model has a chat template, else the plain text. */
ROAST_API roast_status ROAST_CALL roast_encode_prompt(roast_model* model, const char* text, size_t length, int32_t* ids, size_t capacity, size_t* count);

typedef struct roast_message {                  /* never changes: no struct_size */
    const char* role;                           /* "system", "user", "assistant" */
    const char* content;
} roast_message;

/** The ids of a conversation in the model's chat template, ending where the assistant's turn begins. */
ROAST_API roast_status ROAST_CALL roast_encode_chat(roast_model* model, const roast_message* messages, size_t message_count, int32_t* ids, size_t capacity, size_t* count);

/** The text of ids. keep_special: 0 leaves special tokens out. Bytes that are no UTF-8 become U+FFFD. */
ROAST_API roast_status ROAST_CALL roast_detokenize(roast_model* model, const int32_t* ids, size_t count, int32_t keep_special, char* text, size_t capacity, size_t* length);

/* ---- vectors: immutable, one direction per point ("resid_post.14", "mlp_act.0") ------------------------------- */

/** Reads a vector's file (docs/steering-format.md). @return also ROAST_E_NOT_FOUND, ROAST_E_BAD_FILE, ROAST_E_NOT_FINITE. */
ROAST_API roast_status ROAST_CALL roast_vector_load(const char* path, roast_vector** vector);

/** Writes a vector's file: whole, or not at all. overwrite: 0 refuses a file that exists (ROAST_E_CANNOT_WRITE). */
ROAST_API roast_status ROAST_CALL roast_vector_save(roast_vector* vector, const char* path, int32_t overwrite);

/** Makes a vector from count directions: values[i] has widths[i] finite floats for points[i]. Everything is copied. */
ROAST_API roast_status ROAST_CALL roast_vector_create(const char* const* points, const float* const* values, const size_t* widths, size_t count, roast_vector** vector);

/** Frees a vector; steerings made from it stay. */
ROAST_API roast_status ROAST_CALL roast_vector_free(roast_vector* vector);

enum { ROAST_SCOPE_LAST = 0, ROAST_SCOPE_ALL = 1, ROAST_SCOPE_PROMPT = 2, ROAST_SCOPE_GENERATED = 3 };

typedef struct roast_vector_info {
    size_t struct_size;
    int32_t points;
    int32_t has_strength;                       /* whether the vector recommends one; else strength is the method's default */
    float strength;
    int32_t relative;
    int32_t scope;                              /* ROAST_SCOPE_* */
    int32_t has_norms;                          /* whether relative strengths are possible */
    char method[32];                            /* "roast", "caa", "mean_difference", ...; "" where unknown */
} roast_vector_info;

/** Describes a vector. */
ROAST_API roast_status ROAST_CALL roast_vector_get_info(roast_vector* vector, roast_vector_info* info);

/** The name of point index, 0 .. points - 1, ordered by layer. */
ROAST_API roast_status ROAST_CALL roast_vector_point(roast_vector* vector, size_t index, char* name, size_t capacity, size_t* length);

/** Copies the direction at a point into values: [capacity]; width receives its length. */
ROAST_API roast_status ROAST_CALL roast_vector_values(roast_vector* vector, const char* point, float* values, size_t capacity, size_t* width);

/* ---- steering: a vector, a strength and a scope; the strength may change while rows run ------------------------ */

typedef struct roast_steering_options {
    size_t struct_size;
    float strength;                             /* absolute: h += s*v; relative: h += s*r*v/|v|, r = the mean norm at the point */
    int32_t relative;
    int32_t scope;                              /* ROAST_SCOPE_*; stays */
    int32_t recommended;                        /* not 0: the vector's own points, strength and scope, and the fields above are ignored */
} roast_steering_options;

/** Makes a steering; options NULL: what the vector recommends. One steering may serve any number of rows.
 *  @return also ROAST_E_STATE: a relative strength, and the vector does not know its norms. */
ROAST_API roast_status ROAST_CALL roast_steering_create(roast_vector* vector, const roast_steering_options* options, roast_steering** steering);

/** Frees a steering; rows that run under it go on. */
ROAST_API roast_status ROAST_CALL roast_steering_free(roast_steering* steering);

/** Changes the strength from the next token of every row that runs under the steering. From any thread, callbacks included. */
ROAST_API roast_status ROAST_CALL roast_steering_set_strength(roast_steering* steering, float strength, int32_t relative);

/** Changes the vector likewise. Its points must be among those of the first vector, with the same widths. */
ROAST_API roast_status ROAST_CALL roast_steering_set_vector(roast_steering* steering, roast_vector* vector);

/** What steers now: strength, relative and scope. */
ROAST_API roast_status ROAST_CALL roast_steering_get(roast_steering* steering, roast_steering_options* options);

/* ---- generating ------------------------------------------------------------------------------------------------ */

typedef struct roast_generate_options {
    size_t struct_size;
    roast_steering* steering;                   /* NULL: none */
    roast_cancel* cancel;                       /* NULL: none; must be NULL in a batch's rows */
    uint64_t seed;                              /* 0: 42 */
    const char* const* stop_strings;            /* texts that end the answer and are no part of it */
    size_t stop_count;
    int32_t max_tokens;                         /* new tokens, end token included; 0: up to the context */
    int32_t top_k;                              /* 0: all */
    float temperature;                          /* 0: greedy */
    float top_p;                                /* 0: 1, all */
    float min_p;                                /* 0: all */
    float repetition_penalty;                   /* 0: 1, none */
    int32_t ignore_end;                         /* not 0: go on after an end token */
    int32_t reserved;
} roast_generate_options;

typedef struct roast_piece {
    size_t struct_size;
    int32_t token;                              /* -1: the text that was still held back when the answer ended */
    int32_t row;                                /* of a batch; else 0 */
    const char* text;                           /* whole characters, zero-terminated; often "" */
    size_t text_length;                         /* bytes */
} roast_piece;

/** Told every token before the next one is computed. Other than 0 ends the answer (of a batch: that row). */
typedef int32_t (ROAST_CALL* roast_piece_fn)(void* user, const roast_piece* piece);

enum { ROAST_STOP_END_TOKEN = 0, ROAST_STOP_MAX_TOKENS = 1, ROAST_STOP_STOP_STRING = 2, ROAST_STOP_CALLER = 3 };

typedef struct roast_outcome {
    size_t struct_size;
    int32_t stop;                               /* ROAST_STOP_* */
    int32_t prompt_tokens;
    int32_t new_tokens;                         /* end token included */
    int32_t reserved;
} roast_outcome;

/** Generates one answer on the calling thread. on_piece and outcome may be NULL. Where a callback ended the answer the status is
 *  ROAST_E_ABORTED and outcome is filled all the same.
 *  @return also ROAST_E_CANCELLED, ROAST_E_TOO_LARGE, ROAST_E_VECTOR_DOES_NOT_FIT, ROAST_E_RUNTIME. */
ROAST_API roast_status ROAST_CALL roast_generate(roast_model* model, const int32_t* ids, size_t count, const roast_generate_options* options,
    roast_piece_fn on_piece, void* user, roast_outcome* outcome);

/** Begins an answer that is computed as it is asked for. Keeps the model alive. Free with roast_generation_free.
 *  A mistake in the prompt is reported by the first roast_generation_next. */
ROAST_API roast_status ROAST_CALL roast_generation_start(roast_model* model, const int32_t* ids, size_t count, const roast_generate_options* options, roast_generation** generation);

/** Computes the next piece; ROAST_END where there is none. piece->text: valid until the next call on this handle.
 *  A strength that was set before the call acts on the token that it computes. */
ROAST_API roast_status ROAST_CALL roast_generation_next(roast_generation* generation, roast_piece* piece);

/** How the answer ended. @return ROAST_E_STATE before roast_generation_next has returned ROAST_END, and where it failed instead. */
ROAST_API roast_status ROAST_CALL roast_generation_outcome(roast_generation* generation, roast_outcome* outcome);

/** Ends the answer where it stands and frees it. */
ROAST_API roast_status ROAST_CALL roast_generation_free(roast_generation* generation);

typedef struct roast_row {
    size_t struct_size;                         /* the same in all rows of an array */
    const int32_t* ids;
    size_t id_count;
    const roast_generate_options* options;      /* its own steering, sampler, seed and stop rule; NULL: defaults */
} roast_row;

/** Generates the answers of several rows, which decode together; each is what it would be alone. cancel and on_piece may be NULL.
 *  @param batch receives the answers; free with roast_batch_free. */
ROAST_API roast_status ROAST_CALL roast_batch_run(roast_model* model, const roast_row* rows, size_t count, roast_cancel* cancel,
    roast_piece_fn on_piece, void* user, roast_batch** batch);

typedef struct roast_answer {
    size_t struct_size;
    int32_t stop;                               /* ROAST_STOP_* */
    int32_t prompt_tokens;
    const int32_t* ids;                         /* new tokens, end token included */
    size_t id_count;
    const char* text;                           /* zero-terminated, without special tokens; "" where the model has no tokenizer */
    size_t text_length;                         /* bytes */
} roast_answer;

/** How many answers there are. */
ROAST_API roast_status ROAST_CALL roast_batch_count(roast_batch* batch, size_t* count);

/** The answer of row index. Its pointers are owned by the batch and valid until that is freed. */
ROAST_API roast_status ROAST_CALL roast_batch_get(roast_batch* batch, size_t index, roast_answer* answer);

/** Frees a batch and what its answers point to. */
ROAST_API roast_status ROAST_CALL roast_batch_free(roast_batch* batch);

/* ---- fitting --------------------------------------------------------------------------------------------------- */

typedef struct roast_progress {
    size_t struct_size;
    const char* stage;                          /* for people: "rollouts" */
    int32_t done;
    int32_t total;
    int64_t tokens;                             /* new tokens so far */
} roast_progress;

/** Told how far a fit has come. Other than 0 ends it with ROAST_E_ABORTED. */
typedef int32_t (ROAST_CALL* roast_progress_fn)(void* user, const roast_progress* progress);

enum { ROAST_METHOD_ROAST = 0, ROAST_METHOD_MEAN_DIFFERENCE = 1, ROAST_METHOD_CAA = 2 };
enum { ROAST_POOL_LAST = 0, ROAST_POOL_LAST_CONTENT = 1, ROAST_POOL_MEAN = 2, ROAST_POOL_MEAN_CONTENT = 3 };
enum { ROAST_SCALING_MAX_NORM = 0, ROAST_SCALING_L2_NORM = 1, ROAST_SCALING_SOFTMAX = 2, ROAST_SCALING_NONE = 3 };

typedef struct roast_fit_options {
    size_t struct_size;
    const char* points;                         /* "resid_post.*,attn_out.0..3"; NULL: "mlp_act.first5,attn_out.first5" */
    roast_cancel* cancel;
    uint64_t seed;                              /* 0: 42 */
    roast_progress_fn on_progress;
    void* user;
    int32_t method;                             /* ROAST_METHOD_* */
    int32_t rollouts;                           /* answers per question; 0: 8 */
    int32_t max_answer_tokens;                  /* 0: up to the context */
    int32_t pool;                               /* ROAST_POOL_*: which tokens of an answer speak for it */
    int32_t scaling;                            /* ROAST_SCALING_* */
    int32_t question_limit;                     /* the first so many questions; 0: all */
    float temperature;                          /* 0: 0.8 */
    float top_p;                                /* 0: 0.9 */
} roast_fit_options;

/** Fits a vector: samples answers, verifies them, contrasts right and wrong. task: "exact" ({prompt, answer, wrong?} a line) or
 *  "gsm8k". path: the JSONL file. @return also ROAST_E_BAD_TASK, ROAST_E_NO_CONTRAST, ROAST_E_CANCELLED, ROAST_E_ABORTED. */
ROAST_API roast_status ROAST_CALL roast_fit(roast_model* model, const char* task, const char* path, const roast_fit_options* options, roast_vector** vector);

/** Fits from answers that were sampled before (a file of `roast fit --save-rollouts`): they are read again, nothing is sampled. */
ROAST_API roast_status ROAST_CALL roast_fit_rollouts(roast_model* model, const char* task, const char* path, const char* rollouts_path,
    const roast_fit_options* options, roast_vector** vector);

typedef struct roast_pair {                     /* never changes: no struct_size */
    const char* prompt;
    const char* right;
    const char* wrong;
} roast_pair;

/** Fits from given pairs of texts (CAA): the right and the wrong answer to each prompt are read, nothing is sampled. method is ignored. */
ROAST_API roast_status ROAST_CALL roast_fit_pairs(roast_model* model, const roast_pair* pairs, size_t count, const roast_fit_options* options, roast_vector** vector);

/* ---- activations ------------------------------------------------------------------------------------------------ */

/** Reads what the model computes for a sequence, unsteered. points: a pattern, as in roast_fit_options; required.
 *  last_only: not 0 keeps the last position. cancel may be NULL. Free with roast_activations_free. */
ROAST_API roast_status ROAST_CALL roast_activations_read(roast_model* model, const int32_t* ids, size_t count, const char* points, int32_t last_only,
    roast_cancel* cancel, roast_activations** activations);

typedef struct roast_point_values {
    size_t struct_size;
    const float* values;                        /* [positions, width], row by row; owned by the activations */
    size_t positions;
    size_t width;
    char point[32];
} roast_point_values;

/** How many points there are. */
ROAST_API roast_status ROAST_CALL roast_activations_count(roast_activations* activations, size_t* count);

/** The values of one point, without a copy: valid until the activations are freed. */
ROAST_API roast_status ROAST_CALL roast_activations_get(roast_activations* activations, size_t index, roast_point_values* values);

/** Frees activations and what their values point to. */
ROAST_API roast_status ROAST_CALL roast_activations_free(roast_activations* activations);

#ifdef __cplusplus
}
#endif
#endif

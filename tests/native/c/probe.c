/* What the tests ask of the published library from C: tokens to compare, a soak for leak checkers, and times.
 *   probe MODEL VECTOR tokens            ids of told, pulled, steered and batched answers, a line each
 *   probe MODEL VECTOR tokens16          the same of the model in float16
 *   probe MODEL VECTOR soak OPENS CALLS  opens and closes, generates; nothing may be left behind
 *   probe MODEL VECTOR times TOKENS      first token, call overhead, tokens a second
 *   probe MODEL VECTOR bad               null, stale and senseless input: a status each, and no crash */
#include <roast.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CHECK(call) check((call), #call, __LINE__)

static void check(roast_status status, const char* call, int line) {
    if (status == ROAST_OK) return;
    fprintf(stderr, "line %d: %s\n%s: %s\n", line, call, roast_status_name(status), roast_last_error());
    exit(1);
}

static void expect(roast_status expected, roast_status status, const char* what) {
    if (status == expected && roast_last_error()[0]) return;
    fprintf(stderr, "%s: %s instead of %s\n", what, roast_status_name(status), roast_status_name(expected));
    exit(1);
}

static double seconds(void) {
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static size_t encode(roast_model* model, const char* prompt, int32_t* ids, size_t capacity) {
    size_t count = 0;
    CHECK(roast_encode_prompt(model, prompt, ROAST_ZERO_TERMINATED, ids, capacity, &count));
    return count;
}

static int32_t ROAST_CALL print_token(void* user, const roast_piece* piece) {
    (void)user;
    if (piece->token >= 0) printf(" %d", (int)piece->token);
    return 0;
}

static void told(roast_model* model, const char* prompt, roast_steering* steering) {
    int32_t ids[64];
    ROAST_INIT(roast_generate_options, options);
    options.steering = steering;
    printf("told");
    CHECK(roast_generate(model, ids, encode(model, prompt, ids, 64), &options, print_token, NULL, NULL));
    printf("\n");
}

static void pulled(roast_model* model, const char* prompt, roast_steering* steering) {
    int32_t ids[64];
    roast_generation* generation = NULL;
    roast_status status;
    ROAST_INIT(roast_generate_options, options);
    ROAST_INIT(roast_piece, piece);
    options.steering = steering;
    CHECK(roast_generation_start(model, ids, encode(model, prompt, ids, 64), &options, &generation));
    printf("pulled");
    while ((status = roast_generation_next(generation, &piece)) == ROAST_OK) print_token(NULL, &piece);
    if (status != ROAST_END) CHECK(status);
    printf("\n");
    CHECK(roast_generation_free(generation));
}

static void batched(roast_model* model, const char* const* prompts, size_t count, roast_steering* steering) {
    static int32_t ids[8][64];
    roast_row rows[8];
    roast_batch* batch = NULL;
    ROAST_INIT(roast_generate_options, options);
    options.steering = steering;
    for (size_t i = 0; i < count; i++) {
        rows[i].struct_size = sizeof(roast_row);
        rows[i].ids = ids[i];
        rows[i].id_count = encode(model, prompts[i], ids[i], 64);
        rows[i].options = &options;
    }
    CHECK(roast_batch_run(model, rows, count, NULL, NULL, NULL, &batch));
    for (size_t i = 0; i < count; i++) {
        ROAST_INIT(roast_answer, answer);
        CHECK(roast_batch_get(batch, i, &answer));
        printf("batched");
        for (size_t j = 0; j < answer.id_count; j++) printf(" %d", (int)answer.ids[j]);
        printf("\n");
    }
    CHECK(roast_batch_free(batch));
}

/* Pages in memory, in KiB; 0 where this system does not say. */
static long resident(void) {
    long total = 0, pages = 0;
    FILE* file = fopen("/proc/self/statm", "r");
    if (file == NULL) return 0;
    if (fscanf(file, "%ld %ld", &total, &pages) != 2) pages = 0;
    fclose(file);
    return pages * 4;
}

static void soak(const char* path, roast_steering* steering, int opens, int calls) {
    long after_a_tenth = 0;
    for (int i = 0; i < opens; i++) {
        if (i == opens / 10) after_a_tenth = resident();
        roast_model* model = NULL;
        int32_t ids[64];
        CHECK(roast_model_open(path, NULL, &model));
        encode(model, "1+1=", ids, 64);
        CHECK(roast_model_free(model));
    }
    printf("opens: %ld KiB after a tenth, %ld at the end\n", after_a_tenth, resident());
    roast_model* model = NULL;
    int32_t ids[64];
    CHECK(roast_model_open(path, NULL, &model));
    size_t count = encode(model, "457+385=", ids, 64);
    ROAST_INIT(roast_generate_options, options);
    options.steering = steering;
    options.max_tokens = 4;
    for (int i = 0; i < calls; i++) {
        if (i == calls / 10) after_a_tenth = resident();
        CHECK(roast_generate(model, ids, count, &options, NULL, NULL, NULL));
    }
    printf("calls: %ld KiB after a tenth, %ld at the end\n", after_a_tenth, resident());
    CHECK(roast_model_free(model));
}

static int32_t ROAST_CALL stamp(void* user, const roast_piece* piece) {
    (void)piece;
    double* first = user;
    if (*first == 0) *first = seconds();
    return 0;
}

static void times(const char* path, double start, int tokens) {
    roast_model* model = NULL;
    int32_t ids[64];
    double first = 0;
    CHECK(roast_model_open(path, NULL, &model));
    size_t count = encode(model, "457+385=", ids, 64);
    ROAST_INIT(roast_generate_options, options);
    options.max_tokens = 1;
    CHECK(roast_generate(model, ids, count, &options, stamp, &first, NULL));
    printf("open_and_first_token_ms %.1f\n", (first - start) * 1e3);
    const int calls = 10000000;
    uint32_t sum = 0;
    double before = seconds();
    for (int i = 0; i < calls; i++) sum += roast_abi_version();
    printf("call_ns %.1f\n", (seconds() - before) * 1e9 / calls);
    before = seconds();
    ROAST_INIT(roast_model_info, info);
    for (int i = 0; i < calls / 10; i++) CHECK(roast_model_get_info(model, &info));
    printf("handle_call_ns %.1f\n", (seconds() - before) * 1e10 / calls);
    options.max_tokens = tokens;
    options.ignore_end = 1;
    for (int round = 0; round < 9; round++) {
        double stamped = 0;
        before = seconds();
        CHECK(roast_generate(model, ids, count, &options, stamp, &stamped, NULL));
        printf("tokens_per_second %.1f\n", tokens / (seconds() - before));
    }
    CHECK(roast_model_free(model));
    if (sum == 0) printf("no version\n");
}

static void bad(roast_model* model, roast_vector* vector) {
    size_t count = 0;
    int32_t id = 1;
    roast_model* other = (roast_model*)1;
    expect(ROAST_E_HANDLE, roast_model_free(NULL), "free of NULL");
    expect(ROAST_E_HANDLE, roast_model_free((roast_model*)vector), "another kind");
    expect(ROAST_E_HANDLE, roast_model_free((roast_model*)(intptr_t)0x7eadbeef7eadbeef), "an invented handle");
    expect(ROAST_E_NOT_FOUND, roast_model_open("no such folder", NULL, &other), "a folder that is not there");
    if (other != NULL) exit(1);
    expect(ROAST_E_ARGUMENT, roast_model_open("\xff\xfe", NULL, &other), "bad UTF-8");
    expect(ROAST_E_ARGUMENT, roast_model_open(NULL, NULL, NULL), "NULL everywhere");
    expect(ROAST_E_ARGUMENT, roast_tokenize(model, "x", SIZE_MAX - 1, &id, 1, &count), "a huge length");
    expect(ROAST_E_ARGUMENT, roast_generate(model, &id, SIZE_MAX / 8, NULL, NULL, NULL, NULL), "a huge count");
    roast_generate_options options;
    memset(&options, 0, sizeof options);
    expect(ROAST_E_ARGUMENT, roast_generate(model, &id, 1, &options, NULL, NULL, NULL), "struct_size 0");
    CHECK(roast_vector_free(vector));
    expect(ROAST_E_HANDLE, roast_vector_free(vector), "free twice");
    printf("bad input is refused\n");
}

int main(int argc, char** argv) {
    double start = seconds();
    if (argc < 4) return 2;
    if (roast_abi_version() != ROAST_ABI_VERSION) return 3;
    if (strcmp(argv[3], "times") == 0) {
        times(argv[1], start, argc > 4 ? atoi(argv[4]) : 40);
        return 0;
    }
    roast_model* model = NULL;
    roast_vector* vector = NULL;
    roast_steering* steering = NULL;
    ROAST_INIT(roast_open_options, open);
    if (strcmp(argv[3], "tokens16") == 0) open.precision = ROAST_PRECISION_FLOAT16;
    CHECK(roast_model_open(argv[1], &open, &model));
    CHECK(roast_vector_load(argv[2], &vector));
    ROAST_INIT(roast_steering_options, half);
    half.strength = 0.5f;
    CHECK(roast_steering_create(vector, &half, &steering));
    if (strcmp(argv[3], "tokens") == 0 || strcmp(argv[3], "tokens16") == 0) {
        static const char* const prompts[] = { "457+385=", "123+989=", "268+154=" };
        for (size_t i = 0; i < 3; i++) {
            told(model, prompts[i], NULL);
            told(model, prompts[i], steering);
            pulled(model, prompts[i], steering);
        }
        batched(model, prompts, 3, steering);
    } else if (strcmp(argv[3], "soak") == 0) {
        soak(argv[1], steering, argc > 4 ? atoi(argv[4]) : 10, argc > 5 ? atoi(argv[5]) : 100);
        printf("soaked\n");
    } else if (strcmp(argv[3], "bad") == 0) {
        bad(model, vector);
        vector = NULL;
    } else return 2;
    CHECK(roast_steering_free(steering));
    if (vector != NULL) CHECK(roast_vector_free(vector));
    CHECK(roast_model_free(model));
    return 0;
}

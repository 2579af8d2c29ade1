/* Fits a vector on a model's problems, then answers one prompt at several strengths, and once with a strength that moves.
 *   steer_c MODEL PROBLEMS.jsonl */
#include <roast.h>
#include <stdio.h>
#include <stdlib.h>

static void check(roast_status status, const char* what) {
    if (status == ROAST_OK || status == ROAST_END) return;
    fprintf(stderr, "%s: %s: %s\n", what, roast_status_name(status), roast_last_error());
    exit(1);
}

static int32_t ROAST_CALL show_progress(void* user, const roast_progress* progress) {
    (void)user;
    if (progress->done == progress->total) fprintf(stderr, "%s: %d of %d\n", progress->stage, (int)progress->done, (int)progress->total);
    return 0;                                               /* other than 0 would end the fit */
}

static int32_t ROAST_CALL print_piece(void* user, const roast_piece* piece) {
    (void)user;
    fputs(piece->text, stdout);
    return 0;                                               /* other than 0 would end the answer */
}

int main(int argc, char** argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s MODEL PROBLEMS.jsonl\n", argv[0]);
        return 2;
    }
    if (roast_abi_version() != ROAST_ABI_VERSION) {
        fprintf(stderr, "libroast has ABI %u; this program was built for %u\n", roast_abi_version(), ROAST_ABI_VERSION);
        return 2;
    }
    roast_model* model = NULL;
    check(roast_model_open(argv[1], NULL, &model), "open");

    ROAST_INIT(roast_fit_options, fit);
    fit.max_answer_tokens = 8;
    fit.on_progress = show_progress;
    roast_vector* vector = NULL;
    check(roast_fit(model, "exact", argv[2], &fit, &vector), "fit");

    const char* prompt = "789+456=";
    int32_t ids[256];
    size_t count = 0;
    check(roast_encode_prompt(model, prompt, ROAST_ZERO_TERMINATED, ids, 256, &count), "encode");

    ROAST_INIT(roast_steering_options, start);              /* strength 0: nothing yet */
    roast_steering* steering = NULL;
    check(roast_steering_create(vector, &start, &steering), "steering");
    ROAST_INIT(roast_generate_options, options);
    options.steering = steering;

    const float strengths[] = { 0.0f, 0.5f, -0.5f };
    for (size_t i = 0; i < 3; i++) {                        /* the slider, between two answers */
        check(roast_steering_set_strength(steering, strengths[i], 0), "strength");
        printf("%s", prompt);
        check(roast_generate(model, ids, count, &options, print_piece, NULL, NULL), "generate");
        printf("  at strength %.1f\n", strengths[i]);
    }

    roast_generation* generation = NULL;                    /* the slider, between two tokens of one answer */
    ROAST_INIT(roast_piece, piece);
    check(roast_steering_set_strength(steering, 0, 0), "strength");
    check(roast_generation_start(model, ids, count, &options, &generation), "start");
    printf("%s", prompt);
    for (;;) {
        roast_status status = roast_generation_next(generation, &piece);
        check(status, "next");
        if (status == ROAST_END) break;
        fputs(piece.text, stdout);
        check(roast_steering_set_strength(steering, 0.5f, 0), "strength");
    }
    printf("  at strength 0.0, and 0.5 from the second token on\n");

    check(roast_generation_free(generation), "free");
    check(roast_steering_free(steering), "free");
    check(roast_vector_free(vector), "free");
    check(roast_model_free(model), "free");
    return 0;
}

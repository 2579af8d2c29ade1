// Fits a vector on a model's problems, then answers one prompt at several strengths, and once with a strength that moves.
//   steer_cpp MODEL PROBLEMS.jsonl
#include <iomanip>
#include <iostream>
#include <roast.hpp>

int main(int argc, char** argv) try {
    if (argc != 3) {
        std::cerr << "usage: " << argv[0] << " MODEL PROBLEMS.jsonl\n";
        return 2;
    }
    roast::model model(argv[1]);
    ROAST_INIT(roast_fit_options, fit);
    fit.max_answer_tokens = 8;
    auto vector = model.fit("exact", argv[2], fit, [](const roast_progress& progress) {
        if (progress.done == progress.total) std::cerr << progress.stage << ": " << progress.done << " of " << progress.total << '\n';
        return true;
    });

    const char* prompt = "789+456=";
    auto ids = model.encode_prompt(prompt);
    roast::steering steering(vector, 0);
    auto options = roast::model::sized();
    options.steering = steering.get();

    for (float strength : {0.0f, 0.5f, -0.5f}) {            // the slider, between two answers
        steering.strength(strength);
        std::cout << prompt;
        model.generate(ids, [](const roast_piece& piece) { std::cout << piece.text; return true; }, options);
        std::cout << "  at strength " << std::fixed << std::setprecision(1) << strength << "\n";
    }

    steering.strength(0);                                   // the slider, between two tokens of one answer
    std::cout << prompt;
    model.generate(ids, [&](const roast_piece& piece) {
        std::cout << piece.text;
        steering.strength(0.5f);
        return true;
    }, options);
    std::cout << "  at strength 0.0, and 0.5 from the second token on\n";
    return 0;
} catch (const roast::error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}

"""Fits a vector on a model's problems, then answers one prompt at several strengths, and once with a strength that moves.

    ROAST_LIBRARY=.../libroast.so python3 steer.py MODEL PROBLEMS.jsonl
"""
import sys

import roast


def main(model_path, problems):
    with roast.Model(model_path) as model:
        vector = model.fit("exact", problems, max_answer_tokens=8,
                           on_progress=lambda stage, done, total: print(f"{stage}: {done} of {total}", file=sys.stderr) if done == total else None)
        steering, prompt = roast.Steering(vector), "789+456="
        for strength in (0.0, 0.5, -0.5):                    # the slider, between two answers
            steering.set(strength)
            print(f"{prompt}{model.generate(prompt, steering)}  at strength {strength:.1f}")

        steering.set(0)                                      # the slider, between two tokens of one answer
        print(f"{prompt}{model.generate(prompt, steering, on_piece=lambda token, text: steering.set(0.5))}"
              "  at strength 0.0, and 0.5 from the second token on")

        name, values = model.activations(prompt, "resid_post.last", last_only=True).point(0)
        print(f"{name} of the prompt's last token: {values.shape[1]} values")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])

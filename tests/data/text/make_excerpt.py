"""Cuts the shared tokenizers and goldens down to what travels with the repository.

    python3 make_excerpt.py SHARED/data/tokenizers .

A reduced tokenizer keeps its ids, the bytes, the added tokens, and those merges that the chosen rows apply. A merge that
is never applied to a text cannot change its ids, so the rows keep the ids that the whole tokenizer gave them."""
import json
import os
import sys

source, target = sys.argv[1:]
ROWS_PER_KIND, LONGEST, STREAMS, CHATS = 3, 90, 3, 12


def jsonl(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def write_jsonl(path, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def pick(rows, per_kind, size, good):
    chosen, count = [], {}
    for row in rows:
        kind = (row["kind"], "ids_plain" in row)
        if good(row) and size(row) <= LONGEST and count.get(kind, 0) < per_kind:
            count[kind] = count.get(kind, 0) + 1
            chosen.append(row)
    return chosen


def applied(token, ranks):
    parts = list(token)
    while len(parts) > 1:
        best = min(range(len(parts) - 1), key=lambda i: ranks.get((parts[i], parts[i + 1]), 1 << 30))
        pair = (parts[best], parts[best + 1])
        if pair not in ranks:
            break
        yield pair
        parts[best:best + 2] = [parts[best] + parts[best + 1]]


for name in ("smollm2", "qwen2.5"):
    folder = os.path.join(target, name)
    os.makedirs(folder, exist_ok=True)
    tokenizer = json.load(open(os.path.join(source, name, "tokenizer.json"), encoding="utf-8"))
    tokens = pick(jsonl(f"{source}/golden/{name}.tokens.jsonl"), ROWS_PER_KIND, lambda r: len(r["text"]), lambda r: "newer_unicode" not in r)
    streams = pick(jsonl(f"{source}/golden/{name}.stream.jsonl"), STREAMS, lambda r: len(r["ids"]), lambda r: True)
    chats = [r for r in jsonl(f"{source}/chat_templates/rendered.jsonl")
             if r["family"] == name and "ids" in r and len(r["rendered"]) < 400 and r["kwargs"].keys() == {"add_generation_prompt"}
             and all(m.keys() == {"role", "content"} and isinstance(m["content"], str) for m in r["messages"])]
    chats = [r for r in chats if "ids_sanitized" in r] + [r for r in chats if "ids_sanitized" not in r][:CHATS]
    used = {i for r in tokens + streams + chats for key in ("ids", "ids_split_special", "ids_plain", "ids_sanitized") for i in r.get(key, [])}
    model, added = tokenizer["model"], {t["content"] for t in tokenizer["added_tokens"]}
    merges = [tuple(m.split(" ")) if isinstance(m, str) else tuple(m) for m in model["merges"]]
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    kept = {pair for token, i in model["vocab"].items() if i in used and token not in added for pair in applied(token, ranks)}
    wanted = {part for a, b in kept for part in (a, b, a + b)}
    model["vocab"] = {t: i for t, i in model["vocab"].items() if t in wanted or len(t) == 1 or t in added or i in used}
    model["merges"] = [m for m, pair in zip(model["merges"], merges) if pair in kept]
    with open(os.path.join(folder, "tokenizer.json"), "w", encoding="utf-8", newline="\n") as file:
        json.dump(tokenizer, file, ensure_ascii=False)
        file.write("\n")
    template = json.load(open(f"{source}/chat_templates/templates.json", encoding="utf-8"))[name]
    config = {"bos_token": template["bos_token"], "eos_token": {"content": template["eos_token"]}, "chat_template": [{"name": "default", "template": template["template"]}]}
    with open(os.path.join(folder, "tokenizer_config.json"), "w", encoding="utf-8", newline="\n") as file:
        json.dump(config, file, ensure_ascii=False, indent=1)
        file.write("\n")
    write_jsonl(os.path.join(folder, "tokens.jsonl"), tokens)
    write_jsonl(os.path.join(folder, "stream.jsonl"), streams)
    write_jsonl(os.path.join(folder, "rendered.jsonl"), chats)
    print(name, len(model["vocab"]), len(model["merges"]), len(tokens), len(streams), len(chats))

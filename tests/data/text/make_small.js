// Small tokenizers of forms that the shared data has no checkpoint of (Gemma, Llama 2, Llama 3, and added tokens with every flag),
// trained here on a few sentences, and what Hugging Face's tokenizers (Rust, through npm @anush008/tokenizers 0.6.0) makes of texts.
//     npm install @anush008/tokenizers; node make_small.js OUT
const fs = require('fs'), path = require('path');
const { Tokenizer } = require('@anush008/tokenizers');
const out = process.argv[2];

const corpus = 'The quick brown fox jumps over the lazy dog. The dog sleeps, the fox does not. In 2026 there were 1234 foxes and 56 dogs. ' +
  "It's the fox's den; they're here. Hello hello world, world of the worlds! Žluťoučký kůň, où est le café? Один два три. 你好 世界 世界。\n\n";
const GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const LLAMA3 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

// Byte-pair training: the most frequent pair, the first in order of code on a tie.
function train(words, count) {
  words = words.map(w => Array.from(w));
  const merges = [];
  while (merges.length < count) {
    const pairs = new Map();
    for (const w of words) for (let i = 0; i + 1 < w.length; i++) { const k = w[i] + '\u0000' + w[i + 1]; pairs.set(k, (pairs.get(k) || 0) + 1); }
    const best = [...pairs].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    if (!best || best[1] < 2) break;
    const [l, r] = best[0].split('\u0000');
    merges.push([l, r]);
    words = words.map(w => { const n = []; for (let i = 0; i < w.length; i++) if (w[i] === l && w[i + 1] === r) { n.push(l + r); i++; } else n.push(w[i]); return n; });
  }
  return merges;
}

function letters() {
  const keep = [], table = []; let n = 0;
  for (let b = 0; b < 256; b++) table.push((b >= 33 && b <= 126) || (b >= 161 && b <= 172) || (b >= 174) ? String.fromCodePoint(b) : String.fromCodePoint(256 + n++));
  return table;
}
const bytesToLetters = (text, table = letters()) => Array.from(Buffer.from(text, 'utf8')).map(b => table[b]).join('');

function bpe(start, merges, flags) {
  const vocab = {};
  for (const t of [...start, ...merges.map(m => m.join(''))]) if (!(t in vocab)) vocab[t] = Object.keys(vocab).length;
  return { type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false, byte_fallback: false, ignore_merges: false, ...flags, vocab, merges: merges.map(m => m.join(' ')) };
}
const added = (id, content, flags = {}) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...flags });
const byteTokens = Array.from({ length: 256 }, (_, b) => `<0x${b.toString(16).toUpperCase().padStart(2, '0')}>`);
const byteLevel = (useRegex, prefix = false) => ({ type: 'ByteLevel', add_prefix_space: prefix, trim_offsets: true, use_regex: useRegex });
const bos = token => ({ type: 'TemplateProcessing', single: [{ SpecialToken: { id: token, type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }], pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }], special_tokens: { [token]: { id: token, ids: [1], tokens: [token] } } });

const spaced = corpus.replace(/ /g, '▁').replace(/[^\u0000-\u024f▁]/g, '');      // other letters have no token: bytes, or unknown
const spMerges = train(spaced.split(/(?=▁)/), 160), spLetters = [...new Set('▁' + spaced)];
const metaMerges = train(spaced.split(/(?=▁)/), 100);
const table = letters();
const byteWords = [...corpus.matchAll(/'s|'t|'re| ?\p{L}+| ?\p{N}{1,3}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu)].map(m => bytesToLetters(m[0], table));
const byteMerges = train(byteWords, 200);

const special3 = ['<unk>', '<bos>', '<eos>'];
const replaceSpace = { type: 'Replace', pattern: { String: ' ' }, content: '▁' }, toSpace = { type: 'Replace', pattern: { String: '▁' }, content: ' ' };
const files = {
  gemma: { normalizer: replaceSpace, pre_tokenizer: { type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious', invert: false }, post_processor: bos('<bos>'),
    decoder: { type: 'Sequence', decoders: [toSpace, { type: 'ByteFallback' }, { type: 'Fuse' }] },
    added_tokens: [added(0, '<unk>'), added(1, '<bos>'), added(2, '<eos>'), added(3, '<start_of_turn>'), added(4, '\n\n', { special: false })],
    model: bpe([...special3, '<start_of_turn>', '\n\n', ...byteTokens, ...spLetters], spMerges, { unk_token: '<unk>', fuse_unk: true, byte_fallback: true }) },
  llama2: { normalizer: { type: 'Sequence', normalizers: [{ type: 'Prepend', prepend: '▁' }, replaceSpace] }, pre_tokenizer: null, post_processor: bos('<s>'),
    decoder: { type: 'Sequence', decoders: [toSpace, { type: 'ByteFallback' }, { type: 'Fuse' }, { type: 'Strip', content: ' ', start: 1, stop: 0 }] },
    added_tokens: [added(0, '<unk>', { normalized: true }), added(1, '<s>'), added(2, '</s>', { normalized: true })],
    model: bpe(['<unk>', '<s>', '</s>', ...byteTokens, ...spLetters], spMerges, { unk_token: '<unk>', fuse_unk: true, byte_fallback: true }) },
  metaspace: { normalizer: { type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'Lowercase' }] }, pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true }, post_processor: null,
    decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
    added_tokens: [added(0, '<unk>'), added(1, '<bos>'), added(2, '<eos>')],
    model: bpe([...special3, ...spLetters], metaMerges, { unk_token: '<unk>', fuse_unk: true }) },
  llama3: { normalizer: null, pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split', pattern: { Regex: LLAMA3 }, behavior: 'Isolated', invert: false }, byteLevel(false)] }, post_processor: { type: 'Sequence', processors: [byteLevel(true), bos('<bos>')] },
    decoder: byteLevel(true), added_tokens: special3.map((t, i) => added(i, t)),
    model: bpe([...special3, ...table, ' quick', ' brownish', 'lazydog', '1234', '你好'].map((t, i) => i >= 259 ? bytesToLetters(t, table) : t), byteMerges, { ignore_merges: true }) },
  flags: { normalizer: null, pre_tokenizer: byteLevel(true, true), post_processor: null, decoder: byteLevel(true),
    added_tokens: [added(0, '<unk>'), added(1, '<bos>', { lstrip: true }), added(2, '<eos>', { rstrip: true }), added(3, '<mask>', { lstrip: true, rstrip: true }), added(4, 'dog', { single_word: true, special: false }), added(5, '<mask>s', { special: false })],
    model: bpe([...special3, '<mask>', 'dog', '<mask>s', ...table], byteMerges, {}) },
  splits: { normalizer: { type: 'Replace', pattern: { Regex: '[0-9]' }, content: '#' }, pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split', pattern: { String: '#' }, behavior: 'Contiguous', invert: false }, { type: 'Split', pattern: { Regex: '\\s' }, behavior: 'MergedWithNext', invert: false }, { type: 'Split', pattern: { Regex: '[a-z]+' }, behavior: 'MergedWithPrevious', invert: true }, { type: 'Split', pattern: { String: '-' }, behavior: 'Removed', invert: false }, byteLevel(false)] }, post_processor: null, decoder: byteLevel(true),
    added_tokens: special3.map((t, i) => added(i, t)), model: bpe([...special3, ...table], byteMerges, {}) },
};

const texts = ['', ' ', '  ', 'hello', ' hello', 'hello world', '  hello   world  ', 'The quick brown fox', ' quick brownish lazydog', 'In 2026 there were 1234567 foxes', "it's the fox's, they're HERE", 'a\nb\n\nc\n\n\nd', '\t tab', 'café cafe\u0301', 'Žluťoučký kůň', '你好 世界 😀 👨‍👩‍👧', '\u0000\u001f\u007f', '<bos>hello<eos>', 'hello <bos> world', 'a <mask> b', 'a  <mask>s  b <eos>  c', 'dog dogs hotdog dog, (dog) _dog', '<start_of_turn>user\nhi', 'x<unk>y', ' <s> a </s> b', '▁already▁there', 'lower UPPER', '12-34 --- ab-cd 5 6', '\u2028line\u00a0nbsp', 'worlds'.repeat(30), ' '.repeat(70) + 'x', 'é'.repeat(40), '𠮷野家 𝒳'];
fs.mkdirSync(out, { recursive: true });
(async () => {
  for (const [name, parts] of Object.entries(files)) {
    const json = JSON.stringify({ version: '1.0', truncation: null, padding: null, ...parts });
    fs.writeFileSync(path.join(out, `${name}.json`), json + '\n');
    const tokenizer = Tokenizer.fromString(json), rows = [];
    for (const text of texts) {
      const ids = (await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds(), framed = (await tokenizer.encode(text, null, { addSpecialTokens: true })).getIds();
      rows.push(JSON.stringify({ text, ids, ids_framed: framed, decoded: await tokenizer.decode(ids, false), decoded_skip_special: await tokenizer.decode(ids, true) }));
    }
    fs.writeFileSync(path.join(out, `${name}.jsonl`), rows.join('\n') + '\n');
  }
})();

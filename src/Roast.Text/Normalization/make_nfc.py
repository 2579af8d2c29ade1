"""Writes nfc.txt, the canonical data behind Nfc.cs, from the Unicode database of the Python that runs it.

    python3 make_nfc.py > nfc.txt

Lines: "C first last class" (canonical combining class of a range, where it is not 0),
       "D code first [second]" (canonical decomposition, one step), "E ..." the same, but never composed again.
Hangul is left out: it is arithmetic."""
import sys
import unicodedata

print(f"# Unicode {unicodedata.unidata_version}, canonical combining classes and decompositions. Written by make_nfc.py.")
start = previous = None
for code in range(0x110001):
    ccc = unicodedata.combining(chr(code)) if code < 0x110000 else 0
    if ccc != (previous or 0):
        if previous:
            print(f"C {start:04X} {code - 1:04X} {previous}")
        start, previous = code, ccc
for code in range(0x110000):
    parts = unicodedata.decomposition(chr(code))
    if not parts or parts.startswith("<"):
        continue
    kind = "D" if unicodedata.normalize("NFC", chr(code)) == chr(code) else "E"
    print(f"{kind} {code:04X} {parts}")

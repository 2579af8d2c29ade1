using System.Globalization;

namespace Roast.Text;

/// <summary>Canonical combining classes and decompositions, read once from the embedded nfc.txt.</summary>
internal sealed class NfcData
{
    /// <summary>Code points from here on neither combine nor decompose.</summary>
    const int Beyond = 0x30000;

    readonly byte[] _class = new byte[Beyond];
    readonly bool[] _settled = new bool[Beyond];
    readonly Dictionary<int, (int First, int Second)> _decompositions = [];
    readonly Dictionary<(int, int), int> _compositions = [];

    NfcData(TextReader lines)
    {
        Array.Fill(_settled, true);
        while (lines.ReadLine() is { } line)
        {
            if (line is "" or ['#', ..]) continue;
            string[] parts = line.Split(' ');
            int code = Hex(parts[1]), first = Hex(parts[2]);
            if (parts[0] == "C")
            {
                byte combining = byte.Parse(parts[3], CultureInfo.InvariantCulture);
                for (int c = code; c <= first; c++) (_class[c], _settled[c]) = (combining, false);
                continue;
            }
            int second = parts.Length > 3 ? Hex(parts[3]) : -1;
            _decompositions.Add(code, (first, second));
            if (parts[0] == "E") _settled[code] = false;
            else { _compositions.Add((first, second), code); _settled[second] = false; }
        }
        for (int jamo = Hangul.VowelBase; jamo < Hangul.TailEnd; jamo++) _settled[jamo] = false;   // may join the syllable before it
    }

    /// <summary>The data, read at the first text that needs it: ASCII and Latin never do.</summary>
    internal static NfcData Instance { get; } = Load();

    /// <summary>Canonical combining class; 0 for a starter.</summary>
    internal byte Class(int code) => code < Beyond ? _class[code] : (byte)0;

    /// <summary>A starter that stays as it is whatever stands beside it. Text of these alone is in NFC.</summary>
    internal bool IsSettled(int code) => code >= Beyond || _settled[code];

    /// <summary>One step of canonical decomposition; the second is -1 for a singleton.</summary>
    internal bool TryDecompose(int code, out (int First, int Second) parts) => _decompositions.TryGetValue(code, out parts);

    /// <summary>The primary composite of two code points.</summary>
    internal bool TryCompose(int first, int second, out int composite) => _compositions.TryGetValue((first, second), out composite);

    static NfcData Load()
    {
        using var stream = typeof(NfcData).Assembly.GetManifestResourceStream("nfc.txt")
            ?? throw new InvalidOperationException("Roast.Text was built without its resource nfc.txt.");
        using var reader = new StreamReader(stream);
        return new NfcData(reader);
    }

    static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

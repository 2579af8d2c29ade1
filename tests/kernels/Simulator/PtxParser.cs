using System.Globalization;
using System.Text.RegularExpressions;
using static Roast.Tests.Kernels.Simulator.PtxModule;

namespace Roast.Tests.Kernels.Simulator;

/// <summary>Reads modules, kernels, declarations and operands; instructions are in the other part.</summary>
sealed partial class PtxParser(string text)
{
    readonly PtxModule module = new();
    readonly Dictionary<string, (int Offset, int Size)> moduleShared = [];
    int moduleSharedBytes, pos, line = 1;

    // kernel being read
    PtxKernel k = null!;
    List<Ins> code = null!;
    List<Dictionary<string, int>> scopes = null!;
    List<(string Name, T Type)> regs = null!;
    Dictionary<string, int> labels = null!;
    List<(int At, string Label, int Line)> fixups = null!;
    Dictionary<string, int> shared = null!, consts = null!;

    PtxException Bad(string why, int at = 0) => new($"ptx line {(at == 0 ? line : at)}: {why}");

    void Skip()
    {
        while (pos < text.Length)
        {
            if (text[pos] == '\n') { line++; pos++; }
            else if (char.IsWhiteSpace(text[pos])) pos++;
            else if (pos + 1 < text.Length && text[pos] == '/' && text[pos + 1] == '/') while (pos < text.Length && text[pos] != '\n') pos++;
            else break;
        }
    }
    string Until(params ReadOnlySpan<char> stops)
    {
        int from = pos;
        while (pos < text.Length && !stops.Contains(text[pos])) { if (text[pos] == '\n') line++; pos++; }
        if (pos == text.Length) throw Bad("unexpected end of file");
        return Regex.Replace(text[from..pos], @"//[^\n]*", " ").Replace('\n', ' ').Replace('\t', ' ').Trim();
    }

    public PtxModule Run()
    {
        for (Skip(); pos < text.Length; Skip())
        {
            if (text[pos] != '.') throw Bad($"directive expected, not '{text[pos]}'");
            int eol = text.IndexOf('\n', pos);
            string word = Regex.Match(text[pos..eol], @"^\.\w+").Value;
            if (word is ".version" or ".target" or ".address_size")
            {
                string value = Regex.Replace(text[(pos + word.Length)..eol], "//.*", "").Trim();
                if (word == ".version") module.Version = value; else if (word == ".target") module.Target = value; else if (value != "64") throw Bad("64-bit only");
                pos = eol;
            }
            else if (word is ".visible" or ".entry") Entry();
            else if (word == ".shared") SharedVar(Take(';'), moduleShared, ref moduleSharedBytes);
            else throw Bad($"directive {word} is not known here");
        }
        return module;
    }
    string Take(char stop) { var s = Until(stop); pos++; return s; }

    void SharedVar(string decl, Dictionary<string, (int, int)> into, ref int total)
    {
        var m = Regex.Match(decl, @"^\.shared( \.align (\d+))? \.(b8|b16|b32|b64|f32|f64|u32|s32) ([\w$]+)(\[(\d+)\])?$");
        if (!m.Success) throw Bad($"shared variable '{decl}' is not understood");
        int elem = Bytes(ParseType(m.Groups[3].Value)), align = m.Groups[2].Success ? int.Parse(m.Groups[2].Value) : elem;
        total = (total + align - 1) / align * align;
        int size = elem * (m.Groups[6].Success ? int.Parse(m.Groups[6].Value) : 1);
        into.Add(m.Groups[4].Value, (total, size));
        total += size;
    }

    void Entry()
    {
        var head = Until('(');
        var m = Regex.Match(head, @"^(\.visible )?\.entry ([\w$]+)$");
        if (!m.Success) throw Bad($"'{head}' is not understood");
        k = new PtxKernel { Name = m.Groups[2].Value };
        pos++;
        foreach (var p in Take(')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var pm = Regex.Match(p, @"^\.param( \.align (\d+))? \.(\w+)( \.ptr[\w .]*)? ([\w$]+)(\[(\d+)\])?$");
            if (!pm.Success) throw Bad($"parameter '{p}' is not understood");
            int elem = Bytes(ParseType(pm.Groups[3].Value)), align = pm.Groups[2].Success ? int.Parse(pm.Groups[2].Value) : elem;
            k.ParamBytes = (k.ParamBytes + align - 1) / align * align;
            int size = elem * (pm.Groups[7].Success ? int.Parse(pm.Groups[7].Value) : 1);
            k.Params.Add(new Param { Name = pm.Groups[5].Value, Offset = k.ParamBytes, Size = size });
            k.ParamBytes += size;
        }
        var directives = Until('{');
        foreach (Match d in Regex.Matches(directives, @"\.(\w+) ([\d, ]+)"))
        {
            if (d.Groups[1].Value is "maxntid" or "reqntid") k.MaxThreads = d.Groups[2].Value.Split(',').Select(s => int.Parse(s.Trim())).Aggregate(1, (a, b) => a * b);
            else if (d.Groups[1].Value is not ("minnctapersm" or "maxnreg")) throw Bad($"directive .{d.Groups[1].Value}");
        }
        pos++;
        code = []; regs = []; labels = []; fixups = []; consts = []; scopes = [[]]; shared = moduleShared.ToDictionary(e => e.Key, e => e.Value.Offset);
        var mine = new Dictionary<string, (int Offset, int Size)>();
        int sharedBytes = moduleSharedBytes;
        for (Skip(); ; Skip())
        {
            if (text[pos] == '}') { pos++; scopes.RemoveAt(scopes.Count - 1); if (scopes.Count == 0) break; continue; }
            if (text[pos] == '{') { pos++; scopes.Add([]); continue; }
            var label = Regex.Match(text[pos..Math.Min(text.Length, pos + 120)], @"^([$\w]+):");
            if (label.Success) { labels.Add(label.Groups[1].Value, code.Count); pos += label.Length; continue; }
            int at = line;
            var s = Take(';');
            if (s.StartsWith(".reg")) Reg(s);
            else if (s.StartsWith(".shared")) { SharedVar(s, mine, ref sharedBytes); var (n, v) = mine.Last(); shared[n] = v.Offset; }
            else if (s.StartsWith(".pragma") || s.StartsWith(".loc")) { }
            else { int now = line; line = at; Instruction(s); line = now; }
        }
        foreach (var (i, name, at) in fixups)
        {
            if (!labels.TryGetValue(name, out var to)) throw Bad($"no label {name}", at);
            var ins = code[i]; ins.Imm = to; code[i] = ins;
        }
        if (code.Count == 0 || code[^1].Op is not (Op.Ret or Op.Bra)) throw Bad($"{k.Name} runs off its end");
        k.SharedBytes = sharedBytes;
        k.Code = [.. code];
        k.RegisterCount = regs.Count;
        
        module.Kernels.Add(k.Name, k);
    }

    void Reg(string s)
    {
        var m = Regex.Match(s, @"^\.reg \.(\w+) +(.+)$");
        var t = ParseType(m.Groups[1].Value);
        if (!m.Success || t == T.None) throw Bad($"'{s}' is not understood");
        foreach (var n in m.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            var many = Regex.Match(n, @"^(%\w+?)<(\d+)>$");
            if (many.Success) for (int i = 0; i < int.Parse(many.Groups[2].Value); i++) Declare(many.Groups[1].Value + i, t);
            else Declare(n, t);
        }
    }
    void Declare(string name, T t) { scopes[^1].Add(name, regs.Count); regs.Add((name, t)); }

    // a register of the class the instruction's type asks for
    int R(string s, T want)
    {
        for (int i = scopes.Count - 1; i >= 0; i--)
            if (scopes[i].TryGetValue(s, out var r))
            {
                var have = regs[r].Type;
                bool ok = want == T.Pred ? have == T.Pred : have != T.Pred && Bytes(have) == Math.Max(2, Bytes(want));
                // typed registers: f32 arithmetic wants .f32 or .b32, integer arithmetic must not be given a float register
                if (ok && want is T.F32 or T.F64 && have is not (T.F32 or T.F64 or T.B32 or T.B64)) ok = false;
                if (ok && want is T.S32 or T.U32 or T.S64 or T.U64 && have is T.F32 or T.F64) ok = false;
                if (!ok) throw Bad($"{s} is .{have.ToString().ToLower()}, .{want.ToString().ToLower()} wanted");
                return r;
            }
        throw Bad($"no register {s}");
    }
    int Const(ulong v, T t)
    {
        string key = $"#{v:x}";
        if (!consts.TryGetValue(key, out var r)) { consts[key] = r = regs.Count; regs.Add((key, t)); k.Constants.Add((r, v)); }
        return r;
    }
    // register or immediate
    int V(string s, T t)
    {
        if (s.StartsWith("0f")) { if (t is not (T.F32 or T.B32)) throw Bad($"{s}: f32 constant where .{t} is wanted"); return Const(Convert.ToUInt32(s[2..], 16), t); }
        if (s.StartsWith("0d")) { if (t is not (T.F64 or T.B64)) throw Bad($"{s}: f64 constant where .{t} is wanted"); return Const(Convert.ToUInt64(s[2..], 16), t); }
        if (s.Length > 0 && (char.IsAsciiDigit(s[0]) || s[0] == '-'))
        {
            if (t is T.F32 or T.F64) throw Bad($"{s}: integer constant where .{t} is wanted");
            return Const(Integer(s) & Mask(t), t);
        }
        return R(s, t);
    }
    ulong Integer(string s)
    {
        s = s.TrimEnd('U');
        if (s.StartsWith("0x")) return Convert.ToUInt64(s[2..], 16);
        if (s.StartsWith('-')) return (ulong)long.Parse(s, CultureInfo.InvariantCulture);
        return ulong.Parse(s, CultureInfo.InvariantCulture);
    }
    static ulong Mask(T t) => Bytes(t) switch { 1 => 0xff, 2 => 0xffff, 4 => 0xffffffff, 0 => 1, _ => ulong.MaxValue };

    static List<string> Operands(string s)
    {
        var list = new List<string>();
        int depth = 0, from = 0;
        for (int i = 0; i < s.Length; i++)
        {
            if (s[i] is '{' or '[') depth++;
            else if (s[i] is '}' or ']') depth--;
            else if (s[i] == ',' && depth == 0) { list.Add(s[from..i].Trim()); from = i + 1; }
        }
        if (s[from..].Trim() is { Length: > 0 } last) list.Add(last);
        return list;
    }
    static string[] Vector(string s) => s[1..^1].Split(',', StringSplitOptions.TrimEntries);

    void Address(string s, ref Ins ins, Dictionary<string, int>? symbols, string space)
    {
        var m = Regex.Match(s, @"^\[([%$\w]+)(\+(-?\d+))?\]$");
        if (!m.Success) throw Bad($"address '{s}' is not understood");
        long off = m.Groups[3].Success ? long.Parse(m.Groups[3].Value) : 0;
        string name = m.Groups[1].Value;
        if (name[0] == '%') { ins.A = R(name, T.U64); ins.Imm = off; }
        else if (symbols != null && symbols.TryGetValue(name, out var at)) { ins.A = -1; ins.Imm = at + off; }
        else throw Bad($"no {space} symbol {name}");
    }

}

using System.Text.RegularExpressions;
using static Roast.Tests.Kernels.Simulator.PtxModule;

namespace Roast.Tests.Kernels.Simulator;

sealed partial class PtxParser
{
    void Instruction(string s)
    {
        var ins = new Ins { Pred = -1, D = -1, A = -1, B = -1, C = -1, E = -1, Line = line };
        var guard = Regex.Match(s, @"^@(!?)(%\w+) +");
        if (guard.Success) { ins.Not = guard.Groups[1].Length > 0; ins.Pred = R(guard.Groups[2].Value, T.Pred); s = s[guard.Length..]; }
        int sp = s.IndexOf(' ');
        string full = sp < 0 ? s : s[..sp];
        var o = sp < 0 ? [] : Operands(s[sp..]);
        module.Forms[full] = module.Forms.GetValueOrDefault(full) + 1;
        var parts = full.Split('.');
        void Count(int n) { if (o.Count != n) throw Bad($"{full}: {n} operands wanted, {o.Count} given"); }

        switch (parts[0])
        {
            case "ret": case "exit": Count(0); ins.Op = Op.Ret; break;
            case "bra": Count(1); ins.Op = Op.Bra; fixups.Add((code.Count, o[0], line)); break;
            case "bar":
                if (full == "bar.sync") { Count(1); if (o[0] != "0") throw Bad("barrier 0 only"); ins.Op = Op.Bar; }
                else if (full == "bar.warp.sync") { Count(1); ins.Op = Op.BarWarp; }
                else throw Bad($"{full} is not known here");
                break;
            case "shfl":
                if (parts is not ["shfl", "sync", "bfly" or "down" or "up" or "idx", "b32"]) throw Bad($"{full} is not known here");
                Count(5);
                ins.Op = Op.Shfl; ins.Sub = (byte)parts[2][0];
                var dst = o[0].Split('|');
                ins.D = R(dst[0], T.B32); ins.E = dst.Length > 1 ? R(dst[1], T.Pred) : -1;
                ins.A = R(o[1], T.B32); ins.B = V(o[2], T.B32); ins.C = V(o[3], T.B32);
                if (Integer(o[4]) != 0xffffffff && o[4] != "-1") throw Bad("full warps only");
                break;
            case "vote":
                if (full != "vote.sync.ballot.b32") throw Bad($"{full} is not known here");
                Count(3); ins.Op = Op.Vote; ins.D = R(o[0], T.B32); ins.A = R(o[1], T.Pred);
                if (o[2] != "-1") throw Bad("full warps only");
                break;
            case "setp":
                Count(3);
                ins.Op = Op.Set; ins.Type = ParseType(parts[^1]);
                if (parts.Length != 3 || ins.Type == T.None || !Enum.TryParse<Cmp>(Unsigned(parts[1], ins.Type), true, out var cmp)) throw Bad($"{full} is not known here");
                ins.Sub = (byte)cmp; ins.D = R(o[0], T.Pred); ins.A = V(o[1], ins.Type); ins.B = V(o[2], ins.Type);
                break;
            case "cvt":
                {
                    Count(2);
                    var (d, f) = (ParseType(parts[^2]), ParseType(parts[^1]));
                    var mods = string.Join('.', parts[1..^2]);
                    if (d == T.None || f == T.None || !Enum.TryParse<Rnd>(mods == "" ? "None" : mods, true, out var rnd)) throw Bad($"{full} is not known here");
                    bool needs = Float(d) && (!Float(f) || Bytes(d) < Bytes(f)) || !Float(d) && Float(f);
                    bool right = !needs ? rnd == Rnd.None : Float(d) ? rnd is Rnd.Rn or Rnd.Rz : rnd is Rnd.Rni or Rnd.Rzi or Rnd.Rmi or Rnd.Rpi;
                    if (!right) throw Bad($"{full}: rounding '{mods}' does not belong here");
                    ins.Op = Op.Cvt; ins.Type = d; ins.Src = f; ins.Sub = (byte)rnd;
                    ins.D = RegAtLeast(o[0], d); ins.A = RegAtLeast(o[1], f);
                    break;
                }
            case "cvta":
                if (full is not ("cvta.to.global.u64" or "cvta.global.u64")) throw Bad($"{full} is not known here");
                Count(2); ins.Op = Op.Mov; ins.Type = T.U64; ins.D = R(o[0], T.U64); ins.A = R(o[1], T.U64);
                break;
            case "ld": case "st": Memory(parts, o, full, ref ins); break;
                    default: Plain(parts, o, full, ref ins); break;
        }
        code.Add(ins);
    }
    static string Unsigned(string cmp, T t) => t is T.U16 or T.U32 or T.U64 or T.B16 or T.B32 or T.B64 ? cmp switch { "lo" => "lt", "ls" => "le", "hi" => "gt", "hs" => "ge", _ => cmp } : cmp;
    int RegAtLeast(string s, T t)       // cvt, ld and st may use a register wider than the type
    {
        for (int i = scopes.Count - 1; i >= 0; i--)
            if (scopes[i].TryGetValue(s, out var r))
            {
                var have = regs[r].Type;
                if (have == T.Pred || Bytes(have) < Bytes(t)) throw Bad($"{s} is .{have}, too small for .{t}");
                if (Float(t) && t != T.F16 && Bytes(have) != Bytes(t)) throw Bad($"{s} is .{have}, .{t} wanted");
                return r;
            }
        throw Bad($"no register {s}");
    }

    void Memory(string[] parts, List<string> o, string full, ref Ins ins)
    {
        bool load = parts[0] == "ld";
        if (o.Count != 2) throw Bad($"{full}: 2 operands wanted");
        var m = Regex.Match(full, @"^(ld|st)(\.volatile|\.relaxed)?\.(param|global|shared)(\.nc)?(\.v2|\.v4)?\.(\w+)$");
        if (!m.Success || m.Groups[4].Success && (!load || m.Groups[3].Value != "global")) throw Bad($"{full} is not known here");
        string space = m.Groups[3].Value;
        ins.Type = ParseType(m.Groups[6].Value);
        if (ins.Type is T.None or T.Pred || space == "param" && !load) throw Bad($"{full} is not known here");
        ins.Width = (byte)(m.Groups[5].Success ? m.Groups[5].Value[2] - '0' : 1);
        if (ins.Width * Bytes(ins.Type) > 16) throw Bad($"{full}: more than 16 bytes");
        ins.Sub = (byte)(m.Groups[4].Success ? 1 : 0);
        ins.Op = (load, space) switch { (true, "param") => Op.LdParam, (true, "global") => Op.LdGlobal, (true, _) => Op.LdShared, (false, "global") => Op.StGlobal, _ => Op.StShared };
        string value = load ? o[0] : o[1], address = load ? o[1] : o[0];
        var names = ins.Width > 1 ? Vector(value) : [value];
        if (names.Length != ins.Width) throw Bad($"{full}: {ins.Width} registers wanted");
        var t = ins.Type;
        ins.Vec = names.Select(n => load ? RegAtLeast(n, t) : n[0] == '%' ? RegAtLeast(n, t) : V(n, t)).ToArray();
        var symbols = space == "param" ? k.Params.ToDictionary(p => p.Name, p => p.Offset) : space == "shared" ? shared : null;
        Address(address, ref ins, symbols, space);
        if (space == "param" && ins.A >= 0) throw Bad("parameter address in a register");
        if (space == "param")
        {
            long at = ins.Imm;
            var p = k.Params.FirstOrDefault(p => at >= p.Offset && at + ins0(t) <= p.Offset + p.Size) ?? throw Bad($"{full} reads past parameter");
            static int ins0(T t) => Bytes(t);
        }
    }

    void Plain(string[] parts, List<string> o, string full, ref Ins ins)
    {
        var t = ParseType(parts[^1]);
        string name = parts[0];
        var mods = parts[1..^1].ToList();
        if (mods.Count > 0 && mods[0] is "lo" or "hi" or "wide") { name += "." + mods[0]; mods.RemoveAt(0); }
        if (!Table.TryGetValue(name, out var e) || !e.Types.Split(' ').Contains(parts[^1])) throw Bad($"{full} is not known here");
        if (!FloatModsOk(e.Op, t, mods)) throw Bad($"{full}: modifier '{string.Join('.', mods)}' does not belong here");
        ins.Op = e.Op; ins.Type = t;
        void Count(int n) { if (o.Count != n) throw Bad($"{full}: {n} operands wanted, {o.Count} given"); }
        switch (e.Op)
        {
            case Op.Mov:
                Count(2);
                if (o[1][0] == '{') { ins.Op = Op.Pack2; ins.D = R(o[0], t); ins.Vec = Vector(o[1]).Select(n => R(n, Half(t))).ToArray(); }
                else if (o[0][0] == '{') { ins.Op = Op.Unpack2; ins.A = R(o[1], t); ins.Vec = Vector(o[0]).Select(n => n == "_" ? -1 : R(n, Half(t))).ToArray(); }
                else if (Regex.IsMatch(o[1], @"^%(tid|ntid|ctaid|nctaid)\.[xyz]$|^%laneid$"))
                {
                    ins.Op = Op.Special; ins.D = R(o[0], t);
                    ins.Sub = (byte)(o[1] == "%laneid" ? 12 : (Array.IndexOf(["%tid", "%ntid", "%ctaid", "%nctaid"], o[1][..^2]) * 3 + (o[1][^1] - 'x')));
                }
                else if (o[1][0] is '_' or '$' || char.IsAsciiLetter(o[1][0]))
                {
                    if (!shared.TryGetValue(o[1], out var at)) throw Bad($"no symbol {o[1]}");
                    ins.D = R(o[0], T.U64); ins.A = Const((ulong)at, T.U64);
                }
                else { ins.D = R(o[0], t is T.Pred ? T.Pred : Bits(t)); ins.A = o[1][0] == '%' ? R(o[1], t is T.Pred ? T.Pred : Bits(t)) : V(o[1], t is T.Pred ? T.Pred : t); }
                break;
            case Op.Sel:
                Count(4); ins.D = R(o[0], t); ins.A = V(o[1], t); ins.B = V(o[2], t); ins.C = R(o[3], T.Pred);
                break;
            case Op.MulWide:
                Count(3); ins.D = R(o[0], Bytes(t) == 4 ? T.U64 : T.U32); ins.A = V(o[1], t); ins.B = V(o[2], t);
                break;
            case Op.MadLo: case Op.Fma:
                Count(4); ins.D = R(o[0], t); ins.A = V(o[1], t); ins.B = V(o[2], t); ins.C = V(o[3], t);
                break;
            case Op.Bfe:
                Count(4); ins.D = R(o[0], t); ins.A = V(o[1], t); ins.B = V(o[2], T.B32); ins.C = V(o[3], T.B32);
                break;
            case Op.Shl: case Op.Shr:
                Count(3); ins.D = R(o[0], t); ins.A = V(o[1], t); ins.B = V(o[2], T.B32);
                break;
            case Op.Neg: case Op.Abs: case Op.Not: case Op.Rcp: case Op.Sqrt: case Op.Popc: case Op.Clz:
                Count(2); ins.D = R(o[0], t); ins.A = V(o[1], t);
                break;
            default:
                Count(3); ins.D = R(o[0], t); ins.A = V(o[1], t); ins.B = V(o[2], t);
                break;
        }
    }
    static T Half(T t) => Bytes(t) == 8 ? T.B32 : T.B16;
    static T Bits(T t) => Bytes(t) switch { 2 => T.B16, 4 => T.B32, _ => T.B64 };
}

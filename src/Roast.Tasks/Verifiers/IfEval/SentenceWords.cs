namespace Roast.Tasks;

/// <summary>Words that decide where English sentences end. Chosen by hand for this project.</summary>
internal static class SentenceWords
{
    /// <summary>Written with a full stop that ends no sentence by itself; without it. Letter case does not count.</summary>
    internal static readonly HashSet<string> Abbreviations = Words(
        "mr mrs ms messrs dr drs prof st jr sr vs v etc e.g i.e cf viz al inc ltd co corp bros plc llc no nos vol fig eq ed eds pp p gen gov sen sens rep reps rev hon pres lt col maj sgt capt cmdr adm cpl pvt " +
        "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri u.s u.k u.n u.s.a d.c n.y l.a a.m p.m b.c a.d p.s p.p.s ph.d m.d b.a m.a b.sc m.sc " +
        "approx dept univ assn est ave blvd rd ft mt sq tel ext hr hrs min sec lb lbs oz ca calif conn del fla ga ill kan mass mich minn miss mo neb nev okla ore pa tenn tex va vt wash wis wyo");

    /// <summary>Begin a sentence with a capital, and stand small elsewhere: after an abbreviation they show that a sentence ended. Letter case does not count.</summary>
    internal static readonly HashSet<string> Starters = Words(
        "the a an this that these those it its he she they we you i my your his her our their there here what when where who why how which if although though because since while after before until unless " +
        "and but or so yet for in on at by with from to of as about under over during despite without within among however meanwhile moreover furthermore therefore thus then also finally first second next last " +
        "some many most more all both each every another other such one no not only even just still now once perhaps please let do does did is are was were can could will would should may might have has had");

    static HashSet<string> Words(string list) => new(list.Split(' '), StringComparer.OrdinalIgnoreCase);
}

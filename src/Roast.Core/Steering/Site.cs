namespace Roast;

/// <summary>Where in a block an activation is read or steered.</summary>
public enum Site
{
    /// <summary><c>resid_post</c>: the output of the block, width = hidden size. Layer L is Hugging Face's hidden_states[L+1], before the final norm.</summary>
    ResidPost,
    /// <summary><c>attn_out</c>: the output of attention after its output projection, width = hidden size.</summary>
    AttnOut,
    /// <summary><c>mlp_out</c>: the output of the MLP after its down projection, width = hidden size.</summary>
    MlpOut,
    /// <summary><c>mlp_act</c>: the output of the MLP's activation function, before it is multiplied with <c>up</c>; width = intermediate size.</summary>
    MlpAct,
}

/// <summary>The names of <see cref="Site"/> in files and on the command line.</summary>
public static class Sites
{
    static readonly string[] Names = ["resid_post", "attn_out", "mlp_out", "mlp_act"];

    /// <summary>All four sites, in the order of the enum.</summary>
    public static IReadOnlyList<Site> All { get; } = [Site.ResidPost, Site.AttnOut, Site.MlpOut, Site.MlpAct];

    /// <summary>The site's name: <c>resid_post</c>, <c>attn_out</c>, <c>mlp_out</c> or <c>mlp_act</c>.</summary>
    public static string Name(this Site site) => Names[(int)site];

    /// <summary>Reads a site's name; <c>false</c> where it is none of the four.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out Site site)
    {
        for (int i = 0; i < Names.Length; i++)
            if (name.SequenceEqual(Names[i])) { site = (Site)i; return true; }
        site = default;
        return false;
    }
}

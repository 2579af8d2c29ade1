namespace Roast.Tasks;

internal enum SqlTokenKind { Word, Literal, Mark, End }

/// <summary>A word (keywords and names, in lower case), a literal, or a mark.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, int At);

/// <summary>Cuts SQL into tokens. As in SQLite, text in double quotation marks is taken as a literal, which Spider's queries use it for; names may stand in ` or [ ].</summary>
internal static class SqlLexer
{
    /// <summary>Longest query in characters.</summary>
    internal const int MaxLength = 32 * 1024;

    static readonly string[] Marks = ["<=", ">=", "!=", "<>", "==", "||"];

    internal static List<SqlToken> Read(string sql)
    {
        if (sql.Length > MaxLength) throw new FormatException($"the query has {sql.Length:N0} characters; at most {MaxLength:N0} are read");
        var tokens = new List<SqlToken>();
        for (int i = 0; i < sql.Length;)
        {
            char c = sql[i];
            if (char.IsWhiteSpace(c)) { i++; continue; }
            int start = i;
            if (c is '\'' or '"') tokens.Add(new(SqlTokenKind.Literal, Quoted(sql, ref i, c), start));
            else if (c is '`' or '[') tokens.Add(new(SqlTokenKind.Word, Quoted(sql, ref i, c == '[' ? ']' : c).ToLowerInvariant(), start));
            else if (char.IsAsciiDigit(c) || (c == '.' && i + 1 < sql.Length && char.IsAsciiDigit(sql[i + 1])))
            {
                while (i < sql.Length && (char.IsAsciiLetterOrDigit(sql[i]) || sql[i] is '.' or '_')) i++;
                tokens.Add(new(SqlTokenKind.Literal, sql[start..i], start));
            }
            else if (char.IsLetter(c) || c == '_')
            {
                while (i < sql.Length && (char.IsLetterOrDigit(sql[i]) || sql[i] == '_')) i++;
                tokens.Add(new(SqlTokenKind.Word, sql[start..i].ToLowerInvariant(), start));
            }
            else
            {
                string mark = Marks.FirstOrDefault(two => string.CompareOrdinal(sql, i, two, 0, 2) == 0) ?? c.ToString();
                i += mark.Length;
                tokens.Add(new(SqlTokenKind.Mark, mark switch { "<>" => "!=", "==" => "=", _ => mark }, start));
            }
        }
        tokens.Add(new(SqlTokenKind.End, "the end", sql.Length));
        return tokens;
    }

    static string Quoted(string sql, ref int at, char close)
    {
        int start = ++at;
        while (at < sql.Length && (sql[at] != close || (at + 1 < sql.Length && sql[at + 1] == close && at++ >= 0))) at++;
        if (at >= sql.Length) throw new FormatException($"the mark at character {start} is never closed");
        return sql[start..at++];
    }
}

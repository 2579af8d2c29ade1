using System.Text;

namespace Roast.Tasks;

/// <summary>Cells of a text with separators, row by row.</summary>
internal sealed class CsvScanner(string path, string text, char separator, bool quotes)
{
    int _at, _line = 1;

    /// <summary>The line, from 1, on which the row that was read last begins.</summary>
    internal int RowLine { get; private set; }

    /// <summary>The next row's cells; <c>null</c> at the end.</summary>
    internal List<string>? Next()
    {
        if (_at >= text.Length) return null;
        RowLine = _line;
        var cells = new List<string>();
        while (true)
        {
            if (cells.Count == CsvRows.MaxColumns) throw Bad($"the row has more than {CsvRows.MaxColumns:N0} cells", "Check that the file is what its name says");
            cells.Add(quotes && _at < text.Length && text[_at] == '"' ? Quoted() : Plain());
            if (_at >= text.Length) return cells;
            if (text[_at] == separator) { _at++; continue; }
            if (text[_at] == '\r') _at++;
            if (_at < text.Length && text[_at] == '\n') _at++;
            _line++;
            return cells;
        }
    }

    string Plain()
    {
        int start = _at;
        while (_at < text.Length && text[_at] != separator && text[_at] != '\n' && !(text[_at] == '\r' && (_at + 1 == text.Length || text[_at + 1] == '\n'))) _at++;
        return text[start.._at];
    }

    string Quoted()
    {
        var cell = new StringBuilder();
        int opened = _line;
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '\n') _line++;
            if (text[_at] != '"') cell.Append(text[_at]);
            else if (_at + 1 < text.Length && text[_at + 1] == '"') cell.Append(text[_at++]);
            else
            {
                _at++;
                if (_at < text.Length && text[_at] != separator && text[_at] is not ('\r' or '\n'))
                    throw Bad($"after a closing quotation mark stands '{text[_at]}'; a separator or the end of the line was expected", "Double quotation marks inside a quoted cell");
                return cell.ToString();
            }
        }
        throw Bad($"the quotation mark that opens a cell in line {opened} is never closed", "Close it");
    }

    RoastException Bad(string what, string next) => new(RoastError.BadTask, $"{path}, line {_line}: {what}. {next}.");
}

using System.Text.Json;
using Parquet;
using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

public class ParquetTests
{
    static JsonElement[] Rows(byte[] file) => [.. ParquetRows.Read(file, "made.parquet").Select(row => row.Root)];

    static IReadOnlyList<Question> Load(string task, string extension, byte[] bytes)
    {
        string path = Path.Combine(Path.GetTempPath(), $"roast-{Guid.NewGuid():N}{extension}");
        File.WriteAllBytes(path, bytes);
        try { return RoastTask.Load(task, path).Questions; }
        finally { File.Delete(path); }
    }

    /// <summary>Rows as the data sets have them in Parquet, and as JSON lines.</summary>
    public static TheoryData<string, string> Tasks
    {
        get
        {
            var data = new TheoryData<string, string>
            {
                { "mmlu", """{"question": "p?", "subject": "s", "choices": ["a", "b", "c", "d"], "answer": 2}""" },
                { "truthfulqa", """{"question": "p?", "mc1_targets": {"choices": ["x", "y", "z"], "labels": [0, 1, 0]}, "mc2_targets": {"choices": ["x", "y"], "labels": [0, 1]}}""" },
                { "boolq", """{"question": "is it", "passage": "It is.", "answer": true}""" },
                { "sst2", """{"idx": 7, "sentence": "a joy", "label": 1}""" },
                { "xnli", """{"premise": "p", "hypothesis": "h", "label": 1}""" },
                { "copa", """{"premise": "p", "choice1": "a", "choice2": "b", "question": "cause", "idx": 4, "label": 0}""" },
                { "ifeval", """{"key": 10, "prompt": "p", "instruction_id_list": ["keywords:existence", "punctuation:no_comma", "length_constraints:number_words"], "kwargs": [{"keywords": ["a", "b"], "num_words": null, "relation": null}, {"keywords": null, "num_words": null, "relation": null}, {"keywords": null, "num_words": 3, "relation": "at least"}]}""" },
            };
            // TruthfulQA's sample has an object whose names are the choices: a form that only JSON has.
            foreach (var format in RoastTask.Known.Select(RoastTask.Format).Where(format => format.Name != "truthfulqa" && !format.Name.StartsWith("ifeval", StringComparison.Ordinal))) data.Add(format.Name, format.Sample);
            return data;
        }
    }

    [Theory, MemberData(nameof(Tasks))]
    public void A_task_has_the_same_questions_from_parquet_as_from_json_lines(string task, string row)
    {
        using var json = JsonDocument.Parse(row);
        string line = JsonSerializer.Serialize(json.RootElement);
        byte[] text = System.Text.Encoding.UTF8.GetBytes(line);
        foreach (var codec in (CompressionMethod[])[CompressionMethod.None, CompressionMethod.Snappy, CompressionMethod.Gzip, CompressionMethod.Zstd, CompressionMethod.Brotli])
        {
            var (expected, found) = (Load(task, ".jsonl", text), Load(task, ".parquet", MadeParquet.Of([line], codec)));
            foreach (var (e, f) in expected.Zip(found)) Assert.Equal((e.Text, e.Prompt, e.Answer, e.Reference, e.Wrong, e.Hash), (f.Text, f.Prompt, f.Answer, f.Reference, f.Wrong, f.Hash));
            Assert.Equal(expected.Count, found.Count);
        }
    }

    [Theory]
    [InlineData("gsm8k", "gsm8k/test.jsonl")]
    [InlineData("mmlu_stem", "mmlu_stem/test.jsonl")]
    [InlineData("copa", "copa/test.it.jsonl")]
    [InlineData("ifeval", "ifeval/input_data.jsonl")]
    [InlineData("exact", "one-word/train.jsonl")]
    public void A_published_file_has_the_same_questions_once_written_as_parquet(string task, string file)
    {
        string path = SharedData.Require(["tasks", .. file.Split('/')]);
        var (expected, found) = (RoastTask.Load(task, path).Questions, Load(task, ".parquet", MadeParquet.Of([.. File.ReadLines(path).Where(line => line.Length > 0)], CompressionMethod.Zstd, rowsInGroup: 700)));
        Assert.Equal(expected.Select(question => (question.Hash, question.Prompt, question.Reference)), found.Select(question => (question.Hash, question.Prompt, question.Reference)));
    }

    [Fact]
    public void Lists_structs_nulls_and_empty_lists_come_back_in_several_groups_of_rows()
    {
        string[] rows = [.. Enumerable.Range(0, 50).Select(i => JsonSerializer.Serialize(new
        {
            text = i % 7 == 0 ? null : $"é {i % 5}",
            number = i % 3 == 0 ? (long?)null : i - 25L,
            real = i / 4.0 + 0.125,
            flag = i % 4 == 0 ? (bool?)null : i % 2 == 0,
            words = i % 5 == 0 ? null : Enumerable.Range(0, i % 4).Select(j => $"w{j}").ToArray(),
            pair = i % 6 == 0 ? null : new { name = $"n{i}", marks = Enumerable.Range(0, i % 3).ToArray() },
            parts = Enumerable.Range(0, i % 3).Select(j => new { id = (long)j, tags = Enumerable.Range(0, j + i % 2).Select(k => $"t{k}").ToArray() }).ToArray(),
        }))];
        var found = Rows(MadeParquet.Of(rows, CompressionMethod.Zstd, rowsInGroup: 17));
        Assert.Equal(rows, found.Select(row => JsonSerializer.Serialize(row)).ToArray(), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(EncodingHint.Dictionary)]
    [InlineData(EncodingHint.DeltaBinaryPacked)]
    public void Columns_written_as_dictionaries_and_as_differences_come_back(EncodingHint hint)
    {
        string[] rows = [.. Enumerable.Range(0, 1000).Select(i => hint == EncodingHint.Dictionary ? $$"""{"a":"word {{i * i % 11}}"}""" : $$"""{"a":{{(i % 90 == 0 ? long.MinValue + i : (long)i * i * i - 5000)}}}""")];
        Assert.Equal(rows, Rows(MadeParquet.Of(rows, hint: hint)).Select(row => JsonSerializer.Serialize(row)));
    }

    [Fact]
    public void Numbers_split_into_streams_of_bytes_come_back()
    {
        string[] rows = [.. Enumerable.Range(0, 300).Select(i => $$"""{"a":{{(i * i / 8.0 - 77).ToString(System.Globalization.CultureInfo.InvariantCulture)}}}""")];
        byte[] file = MadeParquet.Of([.. rows, """{"a":0.5}"""], hint: EncodingHint.ByteSplitStream);
        Assert.Equal([.. rows, """{"a":0.5}"""], Rows(file).Select(row => JsonSerializer.Serialize(row)));
    }

    /// <summary>Numbers by the format's document: blocks of 128 in 4 parts; how many; the first, zigzag; the least difference, zigzag; bits of each part; the parts.</summary>
    static byte[] Differences(byte count, byte first, byte least, byte bits, params byte[] part) => count < 2 ? [128, 1, 4, count, first] : [128, 1, 4, count, first, least, bits, 0, 0, 0, .. part];

    static string[] Texts(IParquetValues values, int count) => [.. Enumerable.Range(0, count).Select(_ => System.Text.Encoding.UTF8.GetString(values.Next().Bytes.Span))];

    [Fact]
    public void Texts_with_their_lengths_in_front_and_texts_that_share_their_begin_come_back()
    {
        byte[] lengths = Differences(4, 5 * 2, 0, 1, 0b010, 0, 0, 0);                    // 5, 5, 6, 6
        var values = new DeltaLengthValues((byte[])[.. lengths, .. "HelloWorldFoobarABCDEF"u8], new ParquetBudget(0));
        Assert.Equal(["Hello", "World", "Foobar", "ABCDEF"], Texts(values, 4));
        Assert.Throws<FormatException>(() => values.Next());

        // axis, axle, babble, babyhood: the example of the format's document. They share 0, 2, 0, 3; differences 2, -2, 3 are 4, 0, 5 above -2.
        byte[] shared = Differences(4, 0, 3, 3, 0b01_000_100, 0b1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), rests = Differences(4, 4 * 2, 3, 3, 0b01_110_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);     // 4, 2, 6, 5
        byte[] bytes = [.. shared, .. rests, .. "axislebabbleyhood"u8];
        var texts = new DeltaTextValues(bytes, new ParquetBudget(0));
        Assert.Equal(["axis", "axle", "babble", "babyhood"], Texts(texts, 4));
        Assert.Throws<FormatException>(() => texts.Next());
        Assert.Throws<FormatException>(() => Texts(new DeltaTextValues((byte[])[.. Differences(1, 2 * 2, 0, 0), .. Differences(1, 2 * 2, 0, 0), .. "ab"u8], new ParquetBudget(0)), 1));      // shares 2 bytes with nothing
        for (int length = 0; length < bytes.Length; length++) Assert.Throws<FormatException>(() => Texts(new DeltaTextValues(bytes[..length], new ParquetBudget(0)), 4));
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused()
    {
        byte[] file = MadeParquet.Of(["""{"question": "p", "choices": ["a", "b"], "answer": 1}"""]);
        for (int length = 0; length < file.Length; length++)
            Assert.Equal(RoastError.BadTask, Assert.Throws<RoastException>(() => Rows(file[..length])).Kind);
        Assert.Single(Rows(file));
    }

    [Fact]
    public void A_file_that_gives_more_than_its_size_allows_is_refused()
    {
        // A run of one value: 60,000 rows in some hundred bytes.
        byte[] file = MadeParquet.Of([.. Enumerable.Repeat("""{"a": "x"}""", 60_000)], CompressionMethod.Zstd, rowsInGroup: 100_000, hint: EncodingHint.Dictionary);
        Assert.True(60_000 > (ParquetBudget.MaxFree + (long)ParquetBudget.MaxRatio * file.Length) / ParquetBudget.Row, $"The file has {file.Length} bytes.");
        Assert.Contains("would come out of it", Assert.Throws<RoastException>(() => Rows(file)).Message);
        var budget = new ParquetBudget(10);
        budget.Spend(ParquetBudget.MaxFree + 10 * ParquetBudget.MaxRatio);
        Assert.Throws<FormatException>(() => budget.Spend(1));
    }

    [Fact]
    public void Columns_nested_deeper_or_more_than_the_limits_are_refused()
    {
        ParquetElement Group(int children) => new("g", null, 0, children, ParquetMeaning.None);
        ParquetElement Column(int number) => new($"c{number}", ParquetType.Int32, 1, 0, ParquetMeaning.None);
        IReadOnlyList<ParquetElement> Nested(int depth) => [.. Enumerable.Repeat(Group(1), depth), Column(0)];
        Assert.Equal(1, ParquetNode.Tree(Nested(ParquetNode.MaxDepth)).Columns);
        Assert.Contains("nested deeper than 16", Assert.Throws<FormatException>(() => ParquetNode.Tree(Nested(ParquetNode.MaxDepth + 1))).Message);
        IReadOnlyList<ParquetElement> Wide(int columns) => [Group(columns), .. Enumerable.Range(0, columns).Select(Column)];
        Assert.Equal(CsvRows.MaxColumns, ParquetNode.Tree(Wide(CsvRows.MaxColumns)).Columns);
        Assert.Contains("more than 1,000 columns", Assert.Throws<FormatException>(() => ParquetNode.Tree(Wide(CsvRows.MaxColumns + 1))).Message);
        foreach (var (wrong, expected) in new (IReadOnlyList<ParquetElement>, string)[] { ([], "no schema"), ([Group(2), Column(0)], "ends in the middle"), ([Group(1), Column(0), Column(1)], "2 were expected"), ([Column(0)], "a group was expected"), ([Group(2), Column(0), Column(0)], "is there twice"), ([Group(1), Group(0)], "no column of text") })
            Assert.Contains(expected, Assert.Throws<FormatException>(() => ParquetNode.Tree(wrong)).Message);
    }

    [Theory]
    [InlineData(1, "entries for more rows")]
    [InlineData(3, "different numbers of entries")]
    [InlineData(long.MaxValue, "different numbers of entries")]
    public void A_group_that_announces_other_rows_than_it_has_is_refused(long rows, string expected)
    {
        byte[] file = MadeParquet.Of(["""{"a": "x", "b": [1, 2]}""", """{"a": "y", "b": []}"""]);
        var footer = ParquetFooter.Read(file);
        Assert.Equal(2, ParquetRows.Read(file, "made", footer).Count());
        Assert.Contains(expected, Assert.Throws<RoastException>(() => ParquetRows.Read(file, "made", footer with { Groups = [footer.Groups[0] with { Rows = rows }] }).Count()).Message);
        Assert.Contains("has type", Assert.Throws<RoastException>(() => ParquetRows.Read(file, "made", footer with { Groups = [footer.Groups[0] with { Chunks = [.. footer.Groups[0].Chunks.Reverse()] }] }).Count()).Message);
    }

    [Fact]
    public void Levels_in_the_form_that_is_no_longer_written_are_refused_and_not_read_as_runs()
    {
        byte[] header = [0x15, 0, 0x15, 0, 0x15, 0, 0x2C, 0x15, 2, 0x15, 0, 0x15, 8, 0x15, 6, 0, 0];      // a data page of one plain value; definition levels BIT_PACKED, repetition levels RLE
        Assert.Equal((ParquetEncoding.BitPacked, ParquetEncoding.Rle), ParquetPage.Read(header, out int length).LevelEncodings);
        Assert.Equal(header.Length, length);
        var root = ParquetNode.Tree([new("g", null, 0, 1, ParquetMeaning.None), new("a", ParquetType.Int32, 1, 0, ParquetMeaning.None)]).Root;
        var e = Assert.Throws<FormatException>(() => new ParquetCursor(header, new ParquetChunk(ParquetType.Int32, ParquetCodec.None, 1, 0, header.Length), root.Leaves.Single(), new ParquetBudget(0)));
        Assert.Contains("no longer written", e.Message);
    }

    [Fact]
    public void What_is_no_parquet_file_is_refused_with_its_name()
    {
        foreach (string text in (string[])["", "PAR1", "PAR1PAR1", "PAR1\u0010\u0000\u0000\u0000PAR1", "{\"prompt\": \"p\"}"])
        {
            var e = Assert.Throws<RoastException>(() => Load("exact", ".parquet", System.Text.Encoding.UTF8.GetBytes(text)));
            Assert.Equal(RoastError.BadTask, e.Kind);
            Assert.Contains(".parquet: this cannot be read as Parquet: ", e.Message);
        }
    }
}

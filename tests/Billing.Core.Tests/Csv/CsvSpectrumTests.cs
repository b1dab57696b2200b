using System.Text.Json;

namespace Billing.Core.Tests.Csv;

/// <summary>The files of csv-spectrum, through the row reader.</summary>
public sealed class CsvSpectrumTests
{
    [Fact]
    public void All_files_read_as_they_should()
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        string[] files = Directory.GetFiles(SharedData.PathTo("csv-spectrum", "csvs"), "*.csv");
        Assert.Equal(11, files.Length);
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathTo("csv-spectrum", "json", Path.GetFileNameWithoutExtension(file) + ".json")));
            string[] names = [.. expected.RootElement[0].EnumerateObject().Select(member => member.Name)];
            foreach (int blockBytes in CsvRows.BlockSizes)
            {
                List<string[]> rows = CsvRows.ReadFields(bytes, names.Length, blockBytes);
                Assert.Equal(names, rows[0]);
                Assert.Equal(
                    expected.RootElement.EnumerateArray().Select(row => row.EnumerateObject().Select(member => member.Value.GetString()!).ToArray()),
                    rows.Skip(1));
            }
        }
    }
}

using System.Text.RegularExpressions;

namespace Billing.Core.Tests.HouseRules;

/// <summary>What no source file of the packages may say.</summary>
public sealed class SourceTextTests
{
    // OpenTelemetry takes seconds in no exact type.
    private const string Durations = "RunDurations.cs";

    [Fact]
    public void The_one_file_that_may_measure_in_another_type_sees_no_amount()
    {
        string file = Assert.Single(Files(), file => Path.GetFileName(file) == Durations);
        Assert.DoesNotMatch(@"\b(decimal|Money|ExactSum|ControlTotals|IngestReport|BillingRecord|ExchangeRate)\b", File.ReadAllText(file));
    }

    [Theory]
    [InlineData(@"\b(double|float)\b", "amounts are decimal")]
    [InlineData(@"INSERT\s+(OR\s+)?IGNORE", "it drops what does not fit")]
    [InlineData(@"REPLACE\s+INTO|INSERT\s+OR\s+REPLACE", "it overwrites")]
    [InlineData(@"catch(\s*\([^)]*\))?\s*\{\s*\}", "an exception is swallowed")]
    [InlineData(@"NotImplementedException|\bTODO\b|\bFIXME\b", "it is not finished")]
    [InlineData(@"namespace\s+Billing[\w.]*\.(Common|Utils|Helpers|Services|Models|Extensions)\b", "it says nothing")]
    public void Source_does_not_say(string pattern, string because)
    {
        string[] found = [.. Files().Where(file => !(pattern.Contains("double", StringComparison.Ordinal) && Path.GetFileName(file) == Durations)).SelectMany(file => Code(file)
            .Select((text, index) => (text, line: index + 1))
            .Where(item => Regex.IsMatch(item.text, pattern))
            .Select(item => $"{Path.GetRelativePath(Repository.Root, file)}:{item.line}: {item.text.Trim()} ({because})"))];
        Assert.Empty(found);
    }

    [Fact]
    public void A_file_holds_one_type_and_is_named_after_it()
    {
        string[] wrong = [.. Files().Where(file =>
        {
            string[] types = [.. Regex.Matches(File.ReadAllText(file), @"^(?:public |internal )(?:\w+ )*?(?:class|struct|record struct|record|interface|enum|delegate \w+) (\w+)", RegexOptions.Multiline)
                .Select(match => match.Groups[1].Value)];
            return types.Length != 1 || types[0] != Path.GetFileNameWithoutExtension(file);
        }).Select(file => Path.GetRelativePath(Repository.Root, file))];
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Repository.PathTo("src"), "*.cs", SearchOption.AllDirectories);

    // Comments and documentation may name what the code may not.
    private static IEnumerable<string> Code(string file) =>
        File.ReadLines(file).Select(line => Regex.Replace(line, @"^\s*//.*$", ""));
}

using System.Text.Json;
using Billing.Core.Tests.Amendments;

namespace Billing.Core.Tests.Audits;

/// <summary>Somebody edits a bundle and makes its manifest again: the script says what is off.</summary>
[Trait("Culture", "independent")]
public sealed class TamperTests
{
    public static TheoryData<string, string> Attacks => new()
    {
        { "drop a record", "content: run" },
        { "record twice", "key-twice:" },
        { "record of nobody", "run-unknown:" },
        { "further member", "'comment' is no field of a record" },
        { "member twice", "an object has a member twice" },
        { "drop a run", "report-missing: run" },
        { "run of nobody", "run-twice:" },
        { "edit a report", "report: run" },
        { "report and seals made again", "head: seal" },
        { "unbalanced", "balance: run" },
        { "totals", "totals: run" },
        { "change a rate", "reporting-amount:" },
        { "change a rate and its amount", "rate:" },
        { "change the table of rates", "settings:" },
        { "drop a layout", "settings: the layout of run" },
        { "drop a row in quarantine", "content: run" },
        { "edit a row in quarantine", "is not the key of its bytes" },
        { "drop an entry", "report-missing: entry" },
        { "edit an entry", "report: entry" },
        { "drop a change", "content: entry" },
        { "edit a change", "content: entry" },
        { "edit what an entry left", "history:" },
        { "cut off the tail", "the end was cut off" },
        { "drop a seal", "seal-missing: seal 2" },
        { "edit a seal", "seal-changed: seal 2" },
        { "drop a file", "file-missing: changes.jsonl" },
        { "keep the manifest: drop a record", "file-changed: records.jsonl" },
        { "keep the manifest: further file", "file-extra: more.txt" },
    };

    public static TheoryData<string> Fields =>
    [
        "key", "fingerprint", "occurrence", "scope", "date", "instant", "party", "account", "description", "source_id", "amount", "currency", "reporting_amount", "reporting_currency", "rate", "rate_date",
        "rate_source", "category", "category_rule", "flags", "alerts", "attributes", "source", "line", "byte_offset", "run_id",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task What_was_done_to_a_bundle_is_named(string attack, string says)
    {
        (int code, string output) = await TamperedAsync(attack);
        Assert.Equal(1, code);
        Assert.Contains(says, output[output.IndexOf("FAULTS", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task An_edit_of_any_field_of_a_record_is_found(string field)
    {
        object value = field switch
        {
            "key" or "fingerprint" => new string('f', 64),
            "occurrence" or "line" or "byte_offset" => 99,
            "date" or "rate_date" => "2025-09-30",
            "instant" => "2025-09-30T12:00:00.0000000+00:00",
            "amount" or "reporting_amount" => "-3.500",
            "currency" or "reporting_currency" => "EUR",
            "rate" => "0.750",
            "flags" or "alerts" => (string[])["x"],
            "attributes" => new Dictionary<string, string> { ["note"] = "x" },
            _ => "other",
        };
        (int code, string output) = await TamperedAsync($"field {JsonSerializer.Serialize((object[])[field, value])}");
        Assert.Equal(1, code);
        Assert.Contains(field == "run_id" ? "run-unknown:" : "content: run", output[output.IndexOf("FAULTS", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_whose_manifest_was_made_again_and_nothing_else_is_proved()
    {
        (int code, string output) = await TamperedAsync("none");
        Assert.True(code == 0, output);
    }

    private static async Task<(int Code, string Output)> TamperedAsync(string attack)
    {
        MemorySink ledger = (await Audited.LedgerAsync()).Ledger;
        LedgerHead head = await Sealed.HeadAsync(ledger);
        string folder = await Audited.ExportAsync(ledger);
        (int code, string output) = await PythonScript.RunAsync(Repository.PathTo("tests", "Billing.Core.Tests", "Audits", "tamper.py"), folder, attack);
        Assert.True(code == 0, output);
        return await Audited.VerifyAsync(folder, head);
    }
}

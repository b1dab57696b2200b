using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Billing.Console.Tests.EndToEnd;

public sealed partial class SealTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_head_that_seal_prints_is_what_verify_proves_the_store_from()
    {
        await _place.IngestInvoicesAsync();
        Run people = await _place.BillingAsync("seal", "--store", _place.Store, "--out", _place.PathTo("heads.txt"));
        Check("seal.txt", people);
        Check("seal.json", await _place.BillingAsync("seal", "--store", _place.Store, "--out", _place.PathTo("heads.txt"), "--json"));
        Assert.Equal(2, File.ReadAllLines(_place.PathTo("heads.txt")).Length);
        await _place.IngestInvoicesAsync();
        Run verified = await _place.BillingAsync("verify", _place.Store, "--head", _place.PathTo("heads.txt"));
        Check("verify-head.txt", verified);
        Run document = await _place.BillingAsync("verify", _place.Store, "--head", _place.PathTo("heads.txt"), "--json");
        Check("verify-head.json", document);
        Assert.Equal((0, 0), (verified.ExitCode, document.ExitCode));
    }

    [Fact]
    public async Task A_deleted_record_is_named_by_its_line()
    {
        await _place.IngestInvoicesAsync();
        await _place.BillingAsync("seal", "--store", _place.Store, "--out", _place.PathTo("head.txt"));
        Run records = await _place.BillingAsync("records", "--page-size", "2", "--store", _place.Store, "--json");
        await Planted.DeleteAsync(_place.Store, records.Json.GetProperty("records")[0].GetProperty("key").GetString()!);
        Run verified = await _place.BillingAsync("verify", _place.Store, "--head", _place.PathTo("head.txt"));
        Assert.Equal(ExitCode.Differences, verified.ExitCode);
        Assert.Matches(@"the\s+record\s+of\s+line\s+\d+\s+is\s+gone", verified.Out);
    }

    [Fact]
    public async Task A_signed_head_is_checked_with_the_public_key_and_another_key_is_refused()
    {
        await _place.IngestInvoicesAsync();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string privateKey = _place.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        string publicKey = _place.Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
        string other = _place.Write("other.pem", another.ExportSubjectPublicKeyInfoPem());
        string head = _place.PathTo("head.txt");
        Assert.Equal(0, (await _place.BillingAsync("seal", "--store", _place.Store, "--key", privateKey, "--out", head)).ExitCode);
        Assert.Equal(0, (await _place.BillingAsync("verify", _place.Store, "--head", head, "--public-key", publicKey)).ExitCode);
        Run refused = await _place.BillingAsync("verify", _place.Store, "--head", head, "--public-key", other);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("is not signed by the key", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await _place.BillingAsync("verify", _place.Store, "--public-key", other)).ExitCode);
        Assert.Equal(ExitCode.Usage, (await _place.BillingAsync("verify", _place.Store, "--head", privateKey)).ExitCode);
        Assert.Equal(ExitCode.Usage, (await _place.BillingAsync("seal", "--store", _place.Store, "--key", publicKey)).ExitCode);
    }

    private void Check(string golden, Run run) => _place.Check(golden, Hash().Replace(run.Out, "<hash>"));

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex Hash();
}

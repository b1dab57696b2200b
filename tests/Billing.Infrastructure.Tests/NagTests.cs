using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Billing.Infrastructure.Tests;

/// <summary>What cdk-nag finds in the templates. What stays as it is stands in nag-exceptions.json, with its reason.</summary>
public sealed class NagTests(SynthesisedCloud cloud)
{
    private const string Setting = "BILLING_CDK_NAG";

    [Fact]
    public async Task Every_finding_is_mended_or_an_exception_with_a_reason_and_every_exception_is_needed()
    {
        IReadOnlyDictionary<string, JsonObject> production = SynthesisedCloud.Synthesise(new CloudSettings { Stage = "prod", CodePath = cloud.CodePath, Rates = SynthesisedCloud.Rates, CertificatesPath = SynthesisedCloud.CertificatesPath, RemoveData = false, CorsOrigin = "https://books.example.com", PageCertificate = SynthesisedCloud.Certificate });
        // The pool without the other stacks, whose findings are those above.
        CloudSettings withPool = new() { Stage = "pool", CodePath = cloud.CodePath, Rates = SynthesisedCloud.Rates, CertificatesPath = SynthesisedCloud.CertificatesPath, CorsOrigin = "https://books.example.com", PageCertificate = SynthesisedCloud.Certificate, UserPool = true };
        KeyValuePair<string, JsonObject>[] people = [.. SynthesisedCloud.Synthesise(withPool).Where(template => template.Key == "billing-pool-people")];
        Assert.Single(people);
        (string Rule, string Resource)[] findings = await FindAsync(cloud.Templates.Concat(production).Concat(people));
        Assert.True(findings.Length > 20, "cdk-nag did not look at the templates.");

        NagException[] exceptions = JsonSerializer.Deserialize<NagException[]>(File.ReadAllText(Repository.PathTo("samples", "Billing.Infrastructure", "nag-exceptions.json")), JsonSerializerOptions.Web)!;
        Assert.All(exceptions, exception => Assert.True(exception.Reason.Length > 20, $"{exception.Rule}: say why."));
        string[] open = [.. findings.Where(finding => !exceptions.Any(exception => exception.Covers(finding))).Select(finding => $"{finding.Rule} {finding.Resource}")];
        Assert.True(open.Length == 0, string.Join('\n', open));
        string[] unneeded = [.. exceptions.Where(exception => !findings.Any(exception.Covers)).Select(exception => $"{exception.Rule} {exception.Resource}")];
        Assert.True(unneeded.Length == 0, string.Join('\n', unneeded));
    }

    private static async Task<(string Rule, string Resource)[]> FindAsync(IEnumerable<KeyValuePair<string, JsonObject>> templates)
    {
        string home = Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } stated ? stated
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "billing-tests", "cdk-nag");
        string modules = Path.Combine(home, "node_modules");
        Assert.True(Directory.Exists(Path.Combine(modules, "cdk-nag")), $"cdk-nag is not in {home}. Run ./test.sh, which installs it, or name its folder in {Setting}.");
        string folder = Some.Folder();
        foreach ((string stack, JsonObject template) in templates)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, stack + ".template.json"), template.ToJsonString(), TestContext.Current.CancellationToken);
        }

        using Process node = Process.Start(new ProcessStartInfo("node", [Repository.PathTo("tests", "Billing.Infrastructure.Tests", "nag.cjs"), modules, folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Directory.Delete(folder, recursive: true);
        Assert.True(node.ExitCode == 0, await errors);
        return
        [
            .. from violation in JsonNode.Parse(output)!.AsArray()
               from resource in violation!["violatingResources"]!.AsArray()
               select ((string)violation["ruleName"]!, (string)resource!["constructPath"]!),
        ];
    }

    /// <param name="Rule">The rule; <c>*</c> stands for any text.</param>
    /// <param name="Resource">The resource, a regular expression.</param>
    /// <param name="Reason">Why it stays as it is.</param>
    private sealed record NagException(string Rule, string Resource, string Reason)
    {
        public bool Covers((string Rule, string Resource) finding) =>
            Regex.IsMatch(finding.Rule, "^" + Regex.Escape(Rule).Replace(@"\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.NonBacktracking)
            && Regex.IsMatch(finding.Resource, "^" + Resource + "$", RegexOptions.NonBacktracking);
    }
}

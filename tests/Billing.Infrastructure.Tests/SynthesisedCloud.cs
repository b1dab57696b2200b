using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Amazon.CDK;

namespace Billing.Infrastructure.Tests;

/// <summary>The templates of a stage, made once: the CDK starts Node.js for it.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "xunit makes it.")]
public sealed class SynthesisedCloud
{
    public SynthesisedCloud()
    {
        System.Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "1");
        CodePath = Some.Folder();
        WriteExecutable(CodePath, 62);
        Templates = Synthesise(new CloudSettings
        {
            Stage = "test",
            CodePath = CodePath,
            TimeZone = "Pacific/Auckland",
            CorsOrigin = "https://books.example.com",
            TokenIssuer = "https://login.example.com/",
            TokenAudience = "books",
            Email = "books@example.com",
        });
    }

    public string CodePath { get; }

    /// <summary>The templates by stack.</summary>
    public IReadOnlyDictionary<string, JsonObject> Templates { get; }

    /// <summary>All resources of a type: stack, logical id and the resource.</summary>
    public IReadOnlyList<(string Stack, string Id, JsonObject Resource)> Of(string type) =>
        [.. Templates.SelectMany(template => template.Value["Resources"]!.AsObject()
            .Where(resource => (string?)resource.Value!["Type"] == type)
            .Select(resource => (template.Key, resource.Key, resource.Value!.AsObject())))];

    /// <summary>The resource that a reference such as Fn::GetAtt, Ref or Arn in the same stack means, or null.</summary>
    public static string? IdIn(JsonNode? reference) => reference switch
    {
        JsonObject one when one["Fn::GetAtt"] is JsonArray attribute => (string?)attribute[0],
        JsonObject one when one["Ref"] is { } id => (string?)id,
        _ => null,
    };

    /// <summary>Writes the head of an executable for Linux, as publishing would write the whole.</summary>
    /// <param name="machine">What ELF calls the machine: 62 is x86-64, 183 is AArch64.</param>
    public static void WriteExecutable(string folder, byte machine)
    {
        byte[] head = new byte[64];
        "\u007FELF"u8.CopyTo(head);
        head[18] = machine;
        File.WriteAllBytes(Path.Combine(folder, "bootstrap"), head);
    }

    public static IReadOnlyDictionary<string, JsonObject> Synthesise(CloudSettings settings)
    {
        string folder = Some.Folder();
        App app = new(new AppProps { Outdir = folder });
        CloudEnvironment.AddTo(app, settings.Checked());
        app.Synth();
        Dictionary<string, JsonObject> templates = Directory.GetFiles(folder, "*.template.json")
            .ToDictionary(file => Path.GetFileName(file).Replace(".template.json", "", StringComparison.Ordinal), file => JsonNode.Parse(File.ReadAllText(file))!.AsObject());
        Directory.Delete(folder, recursive: true);
        return templates;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Amazon.CDK;

namespace Billing.Infrastructure.Tests;

/// <summary>The templates of a stage, made once: the CDK starts Node.js for it.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "xunit makes it.")]
public sealed class SynthesisedCloud
{
    public const string Rates = "EUR=1.10,GBP=1.30,CAD=0.75,MXN=0.059";

    public const string Certificate = "arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555";

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
            Rates = Rates,
            CertificatesPath = CertificatesPath,
            CorsOrigin = "https://books.example.com",
            PageCertificate = Certificate,
            TokenIssuer = "https://login.example.com/",
            TokenAudience = "books",
            TokenScopes = "billing/read",
            Email = "books@example.com",
        });
    }

    /// <summary>A folder with what stands for Amazon's certificates.</summary>
    public static string CertificatesPath { get; } = WriteCertificates();

    public string CodePath { get; }

    /// <summary>The templates by stack.</summary>
    public IReadOnlyDictionary<string, JsonObject> Templates { get; }

    /// <summary>All resources of a type: stack, logical id and the resource.</summary>
    public IReadOnlyList<(string Stack, string Id, JsonObject Resource)> Of(string type) =>
        [.. Templates.SelectMany(template => template.Value["Resources"]!.AsObject()
            .Where(resource => (string?)resource.Value!["Type"] == type)
            .Select(resource => (template.Key, resource.Key, resource.Value!.AsObject())))];

    /// <summary>The functions of Billing, by name.</summary>
    public IReadOnlyDictionary<string, JsonObject> Functions => Of("AWS::Lambda::Function")
        // The CDK's own function that empties buckets is not ours, and has no name.
        .Where(function => function.Resource["Properties"]!["FunctionName"] is not null)
        .ToDictionary(function => (string)function.Resource["Properties"]!["Handler"]!, function => function.Resource);

    /// <summary>The routes of the HTTP APIs, such as <c>GET /totals</c>, and the function that answers each.</summary>
    public IReadOnlyList<(string Function, string Route)> Routes =>
    [
        .. from route in Of("AWS::ApiGatewayV2::Route")
           let integration = Named("AWS::ApiGatewayV2::Integration", route.Stack, route.Resource["Properties"]!["Target"]!)
           let function = Named("AWS::Lambda::Function", route.Stack, integration["Properties"]!["IntegrationUri"]!)
           select ((string)function["Properties"]!["Handler"]!, (string)route.Resource["Properties"]!["RouteKey"]!),
    ];

    /// <summary>The resource that a reference such as Fn::GetAtt, Ref or Arn in the same stack means, or null.</summary>
    public static string? IdIn(JsonNode? reference) => reference switch
    {
        JsonObject one when one["Fn::GetAtt"] is JsonArray attribute => (string?)attribute[0],
        JsonObject one when one["Ref"] is { } id => (string?)id,
        _ => null,
    };

    private static string WriteCertificates()
    {
        string folder = Some.Folder();
        File.WriteAllText(Path.Combine(folder, "global-bundle.pem"), "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
        return folder;
    }

    /// <summary>Writes the head of an executable for Linux, as publishing would write the whole.</summary>
    /// <param name="machine">What ELF calls the machine: 62 is x86-64, 183 is AArch64.</param>
    public static void WriteExecutable(string folder, byte machine)
    {
        byte[] head = new byte[64];
        "\u007FELF"u8.CopyTo(head);
        head[18] = machine;
        File.WriteAllBytes(Path.Combine(folder, "bootstrap"), head);
    }
    private JsonObject Named(string type, string stack, JsonNode reference) =>
        Of(type).Single(one => one.Stack == stack && reference.ToJsonString().Contains($"\"{one.Id}\"", StringComparison.Ordinal)).Resource;

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

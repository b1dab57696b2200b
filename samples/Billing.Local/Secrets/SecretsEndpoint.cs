using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Billing.Local.Secrets;

/// <summary>The part of Secrets Manager that is needed: <c>GetSecretValue</c> and <c>PutSecretValue</c>. Signatures are not checked.</summary>
internal sealed class SecretsEndpoint(SecretsStore store)
{
    private const string Prefix = "secretsmanager.";

    public static bool IsFor(HttpRequest request) => request.Method == "POST" && Target(request).StartsWith(Prefix, StringComparison.Ordinal);

    public async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        JsonObject request;
        try
        {
            request = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: cancellationToken) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            request = [];
        }

        string? id = Text(request, "SecretId");
        (int status, JsonObject body) = (Target(context.Request)[Prefix.Length..], id) switch
        {
            ("GetSecretValue", { Length: > 0 }) => Get(id, Text(request, "VersionId"), Text(request, "VersionStage")),
            ("PutSecretValue", { Length: > 0 }) when Text(request, "SecretString") is { Length: > 0 } text => Put(id, text, Text(request, "ClientRequestToken")),
            ("GetSecretValue" or "PutSecretValue", _) => Wrong("InvalidParameterException", "SecretId or SecretString is missing."),
            (var operation, _) => Wrong("InvalidRequestException", $"This emulator does not support {operation}."),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        await context.Response.WriteAsync(body.ToJsonString(), cancellationToken);
    }

    private static string Target(HttpRequest request) => request.Headers["X-Amz-Target"].ToString();

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static (int Status, JsonObject Body) Wrong(string type, string message) => (StatusCodes.Status400BadRequest, new JsonObject { ["__type"] = type, ["message"] = message });

    private (int Status, JsonObject Body) Get(string id, string? versionId, string? stage)
    {
        if (store.Get(id, versionId, stage) is not { } version)
        {
            return Wrong("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
        }

        JsonObject body = Describe(version);
        body["SecretString"] = version.Text;
        body["CreatedDate"] = version.Created.ToUnixTimeSeconds();
        return (StatusCodes.Status200OK, body);
    }

    private (int Status, JsonObject Body) Put(string id, string text, string? token) =>
        store.Get(id) is null
            ? Wrong("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
            : (StatusCodes.Status200OK, Describe(store.Put(id, text, token)));

    private JsonObject Describe(SecretVersion version) => new()
    {
        ["ARN"] = SecretsStore.ArnOf(version.Name),
        ["Name"] = version.Name,
        ["VersionId"] = version.Id,
        ["VersionStages"] = new JsonArray([.. store.StagesOf(version).Select(stage => (JsonNode)stage)]),
    };
}

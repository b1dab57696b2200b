using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Web.Contracts;

namespace Billing.Web.Tests.Hostile;

/// <summary>Requests whose bodies are wrong in one place, from a body that is right.</summary>
internal static class HostileBodies
{
    /// <summary>What stands in every hostile text: no log may have it.</summary>
    public const string Marker = "zq7hostile";

    private const string Key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    // A body that is right, of each request; a new request needs one.
    private static readonly Dictionary<Type, string> s_right = new()
    {
        [typeof(ExpenseDraft)] = """{"description":"Lunch","amount":"12.50","currency":"EUR","date":"2025-06-17","party":"Cafe","category":"meals"}""",
        [typeof(RemoveRequest)] = """{"reason":"twice"}""",
        [typeof(ReasonRequest)] = """{"reason":"wrong"}""",
        [typeof(UploadRequest)] = """{"name":"a.csv","size":5}""",
        [typeof(UploadCompletion)] = $$"""{"sha256":"{{Key}}"}""",
        [typeof(ProposalRequest)] = """{"layout":{}}""",
        [typeof(ImportTerms)] = """{"layout":{},"scope":"a","expect":{"rows":1},"delivery":{"scope":"a","from":"2025-06-01","to":"2025-06-30","version":"1"},"drift":"warn","reread":true}""",
        [typeof(MendRequest)] = """{"text":"2025-06-02,Beta,20.00,USD","reason":"an O"}""",
        [typeof(DismissRequest)] = $$"""{"keys":["{{Key}}"],"reason":"none"}""",
        [typeof(ReplayRequest)] = $$"""{"key":"{{Key}}","runId":"1","source":"a","reason":"no_rate","useCurrent":false}""",
        [typeof(RulesDraft)] = """{"text":"{ \"rules\": [] }","reason":"x","from":"2025-06-01","to":"2025-06-30"}""",
        [typeof(CloseRequest)] = """{"reason":"done","includeIncomplete":true}""",
        [typeof(BudgetsDraft)] = """{"text":"{ \"budgets\": [] }"}""",
        [typeof(SettleRequest)] = $$"""{"posted":"{{Key}}"}""",
    };

    // Texts of people: anything on one line that is not too long is right, and is written out harmless.
    private static readonly HashSet<string> s_free =
    [
        "ExpenseDraft.description", "ExpenseDraft.party", "ExpenseDraft.category", "RemoveRequest.reason", "ReasonRequest.reason", "UploadRequest.name", "ImportTerms.scope", "MendRequest.text",
        "MendRequest.reason", "DismissRequest.reason", "CloseRequest.reason", "ReplayRequest.runId", "ReplayRequest.source", "ReplayRequest.reason", "RulesDraft.reason",
    ];

    // Nothing, an empty object or a blank field is right.
    private static readonly HashSet<string> s_optional =
    [
        "RemoveRequest", "ProposalRequest", "ImportTerms", "ReplayRequest", "RemoveRequest.reason", "ProposalRequest.layout", "ImportTerms.layout", "ImportTerms.scope", "ImportTerms.expect", "ImportTerms.delivery",
        "ImportTerms.drift", "ImportTerms.reread", "MendRequest.reason", "ReplayRequest.key", "ReplayRequest.runId", "ReplayRequest.source", "ReplayRequest.reason", "ReplayRequest.useCurrent",
        "RulesDraft.reason", "RulesDraft.from", "RulesDraft.to", "ExpenseDraft.party", "ExpenseDraft.category",
    ];

    /// <param name="request">The request that a route takes.</param>
    /// <param name="isOptional">Whether the route takes none as well.</param>
    public static IEnumerable<string> Of(Type request, bool isOptional)
    {
        Assert.True(s_right.ContainsKey(request), $"{request.Name} needs a body that is right.");
        foreach (string body in (string[])["{", "[]", "\"" + Marker + "\"", "5", "{\"a\":", "\u0000", "{} {}", "<a>" + Marker + "</a>"])
        {
            yield return body;
        }

        yield return "{\"" + Marker + "\":1}";
        bool needsNothing = isOptional || s_optional.Contains(request.Name);
        foreach (string body in needsNothing ? [] : (string[])["", "null", "{}", "   "])
        {
            yield return body;
        }

        JsonObject right = JsonNode.Parse(s_right[request])!.AsObject();
        foreach (string name in right.Select(pair => pair.Key))
        {
            string field = $"{request.Name}.{name}";
            foreach (string value in Values(right[name]!, s_free.Contains(field), isOptional || s_optional.Contains(field)))
            {
                yield return With(right, name, value);
            }
        }
    }

    private static IEnumerable<string> Values(JsonNode right, bool isFree, bool isOptional)
    {
        JsonValueKind kind = right.GetValueKind();
        string[] kinds = kind switch
        {
            JsonValueKind.String => ["1", "{}", "[]", "true"],
            JsonValueKind.Number => ["\"x\"", "{}", "[]", "true", "-1", "0", "1e300", "1.5", "99999999999999999999"],
            JsonValueKind.True or JsonValueKind.False => ["\"x\"", "{}", "1"],
            JsonValueKind.Array => ["\"x\"", "{}", "1", "[1]", "[{}]", $"[\"{Marker}\"]", "[null]"],
            _ => ["\"x\"", "[]", "5", $$"""{"{{Marker}}":1}"""],
        };
        IEnumerable<string> texts = kind != JsonValueKind.String ? []
            : ["\"" + new string('9', 150_000) + "\"", "\"\\ud800\"", .. isFree ? [] : new[] { $"\"{Marker}\"", "\"-1\"", $"\"<script>{Marker}</script>\"", $"\"=cmd|{Marker}\"", $"\"../../{Marker}\"", "\"\\u0000\"", "\"1e5\"", "\"١٢\"" }];
        return [.. kinds, .. texts, .. isOptional ? [] : (string[])["null", .. kind == JsonValueKind.String ? new[] { "\"\"", "\"  \"" } : []]];
    }

    private static string With(JsonObject right, string name, string value) =>
        "{" + string.Join(",", right.Select(pair => $"\"{pair.Key}\":{(pair.Key == name ? value : pair.Value!.ToJsonString())}")) + "}";
}

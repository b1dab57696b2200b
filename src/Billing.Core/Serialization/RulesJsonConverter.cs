using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Serialization;

/// <summary>Rules as their file (docs/rules-file.md), without its comments. Conditions in code have no text.</summary>
internal sealed class RulesJsonConverter : JsonConverter<CategoryRules>
{
    private static readonly JsonDocumentOptions s_settings = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public override CategoryRules Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string json = Encoding.UTF8.GetString(JsonParts.Raw(ref reader));
        return JsonParts.Checked(() => CategoryRules.Parse(json));
    }

    public override void Write(Utf8JsonWriter writer, CategoryRules value, JsonSerializerOptions options)
    {
        using JsonDocument file = JsonDocument.Parse(
            value.Json ?? throw new NotSupportedException($"These rules were made in code ({value}), which has no JSON. Write the {nameof(CategoryRules.Rules)} to list their names, or load the rules from a file."),
            s_settings);
        file.WriteTo(writer);
    }
}

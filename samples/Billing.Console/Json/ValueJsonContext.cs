using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Console.Commands;

namespace Billing.Console.Json;

/// <summary>Values whose JSON is that of the SDK (docs/json.md).</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RecordSource))]
[JsonSerializable(typeof(MonthDocument))]
[JsonSerializable(typeof(BudgetDocument))]
[JsonSerializable(typeof(UnusualDocument))]
internal sealed partial class ValueJsonContext : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Web.Client.Host;

namespace Billing.Web.Client.Systems;

/// <summary>The shapes of the functions' requests and responses, and of <c>settings.json</c>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiPage<KeptReceipt>))]
[JsonSerializable(typeof(ApiPage<LoggedExpense>))]
[JsonSerializable(typeof(GroupTotals))]
[JsonSerializable(typeof(LoggedDraft))]
[JsonSerializable(typeof(LoggedReply))]
[JsonSerializable(typeof(PageSettings))]
[JsonSerializable(typeof(Refused))]
internal sealed partial class SystemsJsonContext : JsonSerializerContext;

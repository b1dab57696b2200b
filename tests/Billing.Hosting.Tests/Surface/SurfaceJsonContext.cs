using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Hosting.Tests.Surface;

/// <summary>As an application that is compiled ahead of time has it.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BillingRecord))]
[JsonSerializable(typeof(IngestReport))]
[JsonSerializable(typeof(StatedTotals))]
internal sealed partial class SurfaceJsonContext : JsonSerializerContext;

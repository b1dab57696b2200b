using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Local;

/// <summary>How what is kept as JSON is written and read, without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(LocalState))]
internal sealed partial class LocalJson : JsonSerializerContext;

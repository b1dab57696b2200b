using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Local;

/// <summary>The options for writing and reading JSON files, without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(LocalState))]
internal sealed partial class LocalJson : JsonSerializerContext;

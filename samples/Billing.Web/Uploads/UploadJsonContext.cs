using System.Text.Json.Serialization;

namespace Billing.Web.Uploads;

/// <summary>The files of uploads and imports, generated when this is built.</summary>
[JsonSerializable(typeof(UploadMeta))]
internal sealed partial class UploadJsonContext : JsonSerializerContext;

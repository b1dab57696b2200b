using System.Text.Json.Serialization;

namespace Billing.Aws.Events;

/// <summary>The JSON shapes of all events, generated at build time.</summary>
[JsonSerializable(typeof(SqsEvent))]
[JsonSerializable(typeof(SqsBatchResponse))]
[JsonSerializable(typeof(Notification))]
internal sealed partial class EventsJsonContext : JsonSerializerContext;

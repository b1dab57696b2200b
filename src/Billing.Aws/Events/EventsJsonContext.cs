using System.Text.Json.Serialization;

namespace Billing.Aws.Events;

/// <summary>The shapes of all events, generated when this is built.</summary>
[JsonSerializable(typeof(SqsEvent))]
[JsonSerializable(typeof(SqsBatchResponse))]
[JsonSerializable(typeof(Notification))]
internal sealed partial class EventsJsonContext : JsonSerializerContext;

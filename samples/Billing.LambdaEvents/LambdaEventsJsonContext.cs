using System.Text.Json.Serialization;

namespace Billing.LambdaEvents;

/// <summary>The shapes of the events, generated when this is built.</summary>
[JsonSerializable(typeof(ScheduledEvent))]
[JsonSerializable(typeof(HttpApiRequest))]
[JsonSerializable(typeof(HttpApiResponse))]
internal sealed partial class LambdaEventsJsonContext : JsonSerializerContext;

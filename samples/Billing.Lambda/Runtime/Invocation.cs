namespace Billing.Lambda.Runtime;

/// <summary>One event, as received from the runtime.</summary>
/// <param name="RequestId">The id of the request; the same when Lambda retries an event.</param>
/// <param name="Deadline">The time by which the answer must be given.</param>
/// <param name="TraceId">The trace id of X-Ray, or null.</param>
/// <param name="Event">The event, in UTF-8.</param>
internal sealed record Invocation(string RequestId, DateTimeOffset Deadline, string? TraceId, ReadOnlyMemory<byte> Event);

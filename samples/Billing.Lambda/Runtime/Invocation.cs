namespace Billing.Lambda.Runtime;

/// <summary>One event, as the runtime gives it.</summary>
/// <param name="RequestId">The same when Lambda tries an event again.</param>
/// <param name="Deadline">When the answer must have been given.</param>
/// <param name="TraceId">What X-Ray knows it by, or null.</param>
/// <param name="Event">The event, in UTF-8.</param>
internal sealed record Invocation(string RequestId, DateTimeOffset Deadline, string? TraceId, ReadOnlyMemory<byte> Event);

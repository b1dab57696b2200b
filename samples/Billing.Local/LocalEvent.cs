namespace Billing.Local;

/// <summary>An event of the local environment.</summary>
/// <param name="Time">The time, in UTC.</param>
/// <param name="Kind">The kind of event.</param>
/// <param name="Source">The part that it concerns: a function, a queue, an API.</param>
/// <param name="Text">The description, in one line.</param>
public sealed record LocalEvent(DateTimeOffset Time, LocalEventKind Kind, string Source, string Text);

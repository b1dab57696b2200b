namespace Billing.Local;

/// <summary>Something that happened.</summary>
/// <param name="Time">When, in UTC.</param>
/// <param name="Kind">What kind of news it is.</param>
/// <param name="Source">Who: a function, a queue, an API.</param>
/// <param name="Text">What, in one line.</param>
public sealed record LocalEvent(DateTimeOffset Time, LocalEventKind Kind, string Source, string Text);

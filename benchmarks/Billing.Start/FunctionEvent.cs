namespace Billing.Start;

/// <summary>A first event of a function.</summary>
/// <param name="Function">The function, by the name of its handler.</param>
/// <param name="What">What the event asks for.</param>
/// <param name="Json">Makes the event: each is new.</param>
internal sealed record FunctionEvent(string Function, string What, Func<Task<string>> Json);

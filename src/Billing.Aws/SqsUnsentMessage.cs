namespace Billing.Aws;

/// <summary>A message that was not sent.</summary>
/// <param name="Message">The message.</param>
/// <param name="Outcome">The reason.</param>
public sealed record SqsUnsentMessage(SqsOutgoingMessage Message, SqsEntryOutcome Outcome);

namespace Billing;

/// <summary>What one call of an <see cref="AlertSender"/> did.</summary>
/// <param name="Sent">Alerts that were sent and noted as sent.</param>
/// <param name="Failed">Alerts that were not sent and are due again later; also those that were sent, but could not be noted: they will be sent again.</param>
public sealed record AlertSendReport(int Sent, int Failed);

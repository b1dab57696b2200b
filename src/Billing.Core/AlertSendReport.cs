namespace Billing;

/// <summary>The result of one call of an <see cref="AlertSender"/>.</summary>
/// <param name="Sent">The number of alerts that were sent and marked as sent.</param>
/// <param name="Failed">The number of alerts that were not sent and are due again later. It includes alerts that were sent but could not be marked as sent: they will be sent again.</param>
public sealed record AlertSendReport(int Sent, int Failed);

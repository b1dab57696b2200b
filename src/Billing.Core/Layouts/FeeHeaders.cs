using Billing.Texts;

namespace Billing.Layouts;

/// <summary>The headers of columns that hold a fee charged in addition to an amount.</summary>
internal static class FeeHeaders
{
    private static readonly HashSet<string> Names = new(
    [
        "fee", "fees", "feeamount", "totalfee", "totalfees", "transactionfee", "processingfee", "commission", "commissions", "charges", "bankcharges",
        "gebühr", "gebühren", "gebuehr", "gebuehren", "entgelt", "entgelte", "provision", "spesen", "frais", "kosten", "comisión", "comision", "comisiones", "commissione", "commissioni", "spese", "tarifa", "prowizja", "opłata", "avgift", "gebyr",
    ], StringComparer.Ordinal);

    /// <summary>Whether a header is known for fees.</summary>
    public static bool IsFee(string name) => Names.Contains(PlainName.Of(HeaderCurrency.Without(name)));

    /// <summary>Whether the header of an amount says that fees are already deducted.</summary>
    public static bool IsNet(string name) => PlainName.Of(name) is var plain
        && (plain.StartsWith("net", StringComparison.Ordinal) || plain.StartsWith("nett", StringComparison.Ordinal) || plain.EndsWith("net", StringComparison.Ordinal));
}

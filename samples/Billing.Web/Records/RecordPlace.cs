using System.Globalization;
using System.Text;

namespace Billing.Web.Records;

/// <summary>The place of a record in an order. The continuation token of a list is the place of its last record: records that come or go meanwhile neither double nor hide others.</summary>
internal sealed record RecordPlace(RecordOrder Order, bool IsDescending, decimal Amount, string Party, DateOnly Date, RecordKey Key) : IComparable<RecordPlace>
{
    private const char Separator = '\n';

    public static RecordPlace Of(BillingRecord record, RecordFilter filter) => new(
        filter.Order,
        filter.IsDescending,
        filter.Order == RecordOrder.Amount ? record.ReportingAmount.Amount : 0m,
        filter.Order == RecordOrder.Party ? record.Party ?? "" : "",
        record.Date,
        record.Key);

    public int CompareTo(RecordPlace? other)
    {
        if (other is null)
        {
            return 1;
        }

        int first = Order switch { RecordOrder.Amount => Amount.CompareTo(other.Amount), RecordOrder.Party => string.CompareOrdinal(Party, other.Party), _ => 0 };
        int order = first != 0 ? first : Date != other.Date ? Date.CompareTo(other.Date) : Key.CompareTo(other.Key);
        return IsDescending ? -order : order;
    }

    public string ToToken() => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(
        Separator, (int)Order, IsDescending ? "-" : "+", Amount.ToString(CultureInfo.InvariantCulture), Date.ToString("O", CultureInfo.InvariantCulture), Key, Party)));

    /// <summary>Reads a token; null if it is not one of this order.</summary>
    public static RecordPlace? Read(string token, RecordFilter filter)
    {
        byte[] bytes = new byte[token.Length];
        if (!System.Buffers.Text.Base64Url.IsValid(token) || !System.Buffers.Text.Base64Url.TryDecodeFromChars(token, bytes, out int length))
        {
            return null;
        }

        return Encoding.UTF8.GetString(bytes, 0, length).Split(Separator, 6) is [var order, var sign, var amount, var date, var key, var party]
            && order == ((int)filter.Order).ToString(CultureInfo.InvariantCulture)
            && sign == (filter.IsDescending ? "-" : "+")
            && decimal.TryParse(amount, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal value)
            && DateOnly.TryParseExact(date, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            && RecordKey.TryParse(key, out RecordKey parsed)
            ? new RecordPlace(filter.Order, filter.IsDescending, value, party, day, parsed)
            : null;
    }
}

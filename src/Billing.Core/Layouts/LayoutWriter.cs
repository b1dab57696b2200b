using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.Layouts;

/// <summary>Writes layout files, without the defaults.</summary>
internal static class LayoutWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // A layout file is for people, so letters are not escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(SourceLayout layout)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Options))
        {
            Write(json, layout);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    public static void Write(Utf8JsonWriter json, SourceLayout layout)
    {
        json.WriteStartObject();
        Columns(json, layout);
        Truth(json, "debitIsNegative", layout.DebitIsNegative, SourceLayout.Default.DebitIsNegative);
        if (layout.DebitsAreSigned is { } signed)
        {
            json.WriteBoolean("debitsAreSigned", signed);
        }

        Direction(json, layout);
        Truth(json, "feeIsSigned", layout.FeeIsSigned, SourceLayout.Default.FeeIsSigned);
        Truth(json, "minorUnits", layout.MinorUnits, SourceLayout.Default.MinorUnits);
        Truth(json, "negateAmounts", layout.NegateAmounts, SourceLayout.Default.NegateAmounts);
        Text(json, "defaultCurrency", layout.DefaultCurrency);
        Texts(json, "required", layout.Required);
        if (layout.Ignore is { } ignored)
        {
            List(json, "ignore", ignored);
        }

        if (layout.NumbersAreStated)
        {
            json.WritePropertyName("numbers");
            Write(json, layout.Numbers);
        }

        Texts(json, "dateFormats", layout.DateFormats);
        Text(json, "timeZone", layout.TimeZone);
        if (layout.Identity is { } identity)
        {
            json.WritePropertyName("identity");
            Write(json, identity);
        }

        Text(json, "separator", layout.Separator?.ToString());
        Text(json, "quote", layout.Quote == SourceLayout.Default.Quote ? null : layout.Quote.ToString());
        Text(json, "escape", layout.Escape?.ToString());
        Truth(json, "header", layout.HasHeader, SourceLayout.Default.HasHeader);
        Number(json, "skipRows", layout.SkipRows, SourceLayout.Default.SkipRows);
        Truth(json, "repeatedHeaders", layout.RepeatedHeaders, SourceLayout.Default.RepeatedHeaders);
        Texts(json, "footer", layout.Footer);
        if (layout.Stated.Count > 0)
        {
            StatedLines.Write(json, layout.Stated);
        }

        if (layout.Pending is { } pending)
        {
            PendingMembers.Write(json, pending);
        }

        Text(json, "rows", layout.Rows);
        Text(json, "encoding", layout.Encoding);
        Texts(json, "nullValues", layout.NullValues);
        Number(json, "maxRecordBytes", layout.MaxRecordBytes, SourceLayout.Default.MaxRecordBytes);
        json.WriteEndObject();
    }

    private static void Columns(Utf8JsonWriter json, SourceLayout layout)
    {
        if (ColumnRoles.All.All(role => layout.ColumnOf(role) is null))
        {
            return;
        }

        json.WriteStartObject("columns");
        foreach (ColumnRole role in ColumnRoles.All)
        {
            if (layout.ColumnOf(role) is { } column)
            {
                json.WriteString(ColumnRoles.NameOf(role), column.Length == 0 ? null : column);
            }
        }

        json.WriteEndObject();
    }

    private static void Direction(Utf8JsonWriter json, SourceLayout layout)
    {
        if (layout.DebitWords.Count + layout.CreditWords.Count == 0)
        {
            return;
        }

        json.WriteStartObject("direction");
        Texts(json, "debit", layout.DebitWords);
        Texts(json, "credit", layout.CreditWords);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, NumberFormat numbers)
    {
        // The mark is always written: it tells the reader that numbers are stated.
        NumberFormat plain = NumberFormat.Invariant;
        json.WriteStartObject();
        Text(json, "decimalMark", numbers.DecimalMark.ToString());
        Text(json, "groupSeparators", numbers.GroupSeparators.Length == 0 ? null : numbers.GroupSeparators);
        Truth(json, "indianGroups", numbers.IndianGroups, plain.IndianGroups);
        Truth(json, "parentheses", numbers.AllowParentheses, plain.AllowParentheses);
        Truth(json, "trailingMinus", numbers.AllowTrailingMinus, plain.AllowTrailingMinus);
        Truth(json, "exponent", numbers.AllowExponent, plain.AllowExponent);
        Truth(json, "currencySign", numbers.AllowCurrencySign, plain.AllowCurrencySign);
        Truth(json, "debitCredit", numbers.AllowDebitCredit, plain.AllowDebitCredit);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, RecordIdentity identity)
    {
        if (!identity.ColumnNames.Any(name => name.Contains(',') || name != name.Trim()))
        {
            json.WriteStringValue(identity.ToString());
            return;
        }

        json.WriteStartObject();
        List(json, identity.Kind == RecordIdentityKind.CountedColumns ? RecordIdentity.CountedPrefix : RecordIdentity.ColumnsPrefix, identity.ColumnNames);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            List(json, name, values);
        }
    }

    private static void List(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void Truth(Utf8JsonWriter json, string name, bool value, bool plain)
    {
        if (value != plain)
        {
            json.WriteBoolean(name, value);
        }
    }

    private static void Number(Utf8JsonWriter json, string name, int value, int plain)
    {
        if (value != plain)
        {
            json.WriteNumber(name, value);
        }
    }
}

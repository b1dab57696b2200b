using System.Globalization;
using Billing.Texts;
using Billing.Values;

namespace Billing.Layouts;

/// <summary>The rules that a layout must meet before any source is read with it.</summary>
internal static class LayoutRules
{
    private const string GroupSeparators = ".,'_ \u00A0\u202F\u2019";

    private const string EitherOr = "An amount is also named. Name either the amount, or debit and credit.";

    private const int LeastRecordBytes = 1024;

    private const int MostRecordBytes = 64 * 1024 * 1024;

    /// <summary>Returns the first problem of <paramref name="layout"/>, or null.</summary>
    public static LayoutProblem? Find(SourceLayout layout) =>
        Columns(layout)
        ?? Signs(layout)
        ?? Values(layout)
        ?? Numbers(layout.Numbers)
        ?? Dates(layout)
        ?? Text(layout)
        ?? PendingMembers.FaultOf(layout, NotAColumn);

    private static LayoutProblem? Columns(SourceLayout layout)
    {
        foreach (ColumnRole role in ColumnRoles.All)
        {
            string member = "columns." + ColumnRoles.NameOf(role);
            if (layout.ColumnOf(role) is not { Length: > 0 } column)
            {
                continue;
            }

            if (NotAColumn(column) is { } message)
            {
                return new LayoutProblem(member, message);
            }

            foreach (ColumnRole earlier in ColumnRoles.All.TakeWhile(earlier => earlier != role))
            {
                if (layout.ColumnOf(earlier)?.Trim() == column.Trim() && !ColumnRoles.MayShare(earlier, role))
                {
                    return new LayoutProblem(member, $"The column '{column.Trim()}' is already the {ColumnRoles.NameOf(earlier)}. Name another column for one of them.");
                }
            }
        }

        bool amount = layout.Amount is { Length: > 0 };
        return amount && layout.Debit is { Length: > 0 } ? new LayoutProblem("columns.debit", EitherOr)
            : amount && layout.Credit is { Length: > 0 } ? new LayoutProblem("columns.credit", EitherOr)
            : null;
    }

    private static LayoutProblem? Signs(SourceLayout layout)
    {
        string[] debit = [.. layout.DebitWords.Select(DirectionWords.Plain)];
        string[] credit = [.. layout.CreditWords.Select(DirectionWords.Plain)];
        return debit.Concat(credit).Any(word => word.Length == 0) ? new LayoutProblem("direction", "A blank is not a word for a direction. Write the words of the column, such as \"S\" and \"H\".")
            : debit.Intersect(credit).FirstOrDefault() is { } both ? new LayoutProblem("direction", $"'{both}' is both debit and credit. Name it once.")
            : (debit.Length == 0) != (credit.Length == 0) ? new LayoutProblem("direction", "Only one side has words. Set the words of both debit and credit.")
            : debit.Length > 0 && layout.Direction is not { Length: > 0 } ? new LayoutProblem("direction", "There are words, but no column for them. Name the column in columns.direction.")
            : layout.Direction is { Length: > 0 } && (layout.Debit is { Length: > 0 } || layout.Credit is { Length: > 0 }) ? new LayoutProblem("columns.direction", "Debit and credit are already columns, which gives the direction. Name either debit and credit, or amount and direction.")
            : layout.Direction is { Length: > 0 } && layout.Numbers.AllowDebitCredit ? new LayoutProblem("numbers.debitCredit", "The direction is already a column, so it cannot also be next to the number. Leave out one of the two.")
            : layout.DebitsAreSigned is true && !layout.DebitIsNegative ? new LayoutProblem("debitsAreSigned", "Signed debits count as written, so debitIsNegative has no effect. Leave it out, or set negateAmounts to reverse all signs.")
            : layout.MinorUnits && layout.Fee is { Length: > 0 } ? new LayoutProblem("minorUnits", "A fee cannot be combined with amounts in minor units. Have the source give both in major units.")
            : null;
    }

    private static LayoutProblem? Values(SourceLayout layout)
    {
        if (layout.DefaultCurrency is { } code && !Currency.TryParse(code, out _))
        {
            return new LayoutProblem("defaultCurrency", $"'{code}' is not a currency of ISO 4217. Use the alphabetic code, such as USD.");
        }

        foreach (string column in layout.Required)
        {
            if (NotAColumn(column) is { } message)
            {
                return new LayoutProblem("required", message);
            }
        }

        foreach (string column in layout.Ignore ?? [])
        {
            if (NotAColumn(column) is { } message)
            {
                return new LayoutProblem("ignore", message);
            }

            if (ColumnRoles.All.Where(role => !ColumnRoles.IsAttributeToo(role) && layout.ColumnOf(role)?.Trim().Equals(column.Trim(), StringComparison.OrdinalIgnoreCase) == true).Select(ColumnRoles.NameOf).FirstOrDefault() is { } role)
            {
                return new LayoutProblem("ignore", $"The column '{column.Trim()}' is already the {role}, and a column with a role is not ignored. Name it once.");
            }
        }

        return null;
    }

    private static LayoutProblem? Numbers(NumberFormat numbers)
    {
        if (numbers.DecimalMark is not ('.' or ','))
        {
            return new LayoutProblem("numbers.decimalMark", $"'{numbers.DecimalMark}' is not a decimal mark. Use a point or a comma.");
        }

        foreach (char separator in numbers.GroupSeparators)
        {
            if (separator == numbers.DecimalMark)
            {
                return new LayoutProblem("numbers.groupSeparators", $"'{separator}' is the decimal mark. It cannot also separate groups.");
            }

            if (!GroupSeparators.Contains(separator))
            {
                return new LayoutProblem("numbers.groupSeparators", $"'{separator}' cannot separate groups. Use a point, a comma, a space, an apostrophe or an underscore.");
            }
        }

        return null;
    }

    private static LayoutProblem? Dates(SourceLayout layout)
    {
        foreach (string format in layout.DateFormats)
        {
            try
            {
                _ = new DatePattern(format);
            }
            catch (FormatException exception)
            {
                return new LayoutProblem("dateFormats", exception.Message);
            }
        }

        return layout.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? new LayoutProblem("timeZone", $"'{zone}' is not a time zone known on this machine. Use an IANA name, such as Pacific/Auckland or UTC.")
            : null;
    }

    private static LayoutProblem? Text(SourceLayout layout)
    {
        if (layout.Separator is { } separator && !CanSeparate(separator))
        {
            return new LayoutProblem("separator", $"{Show(separator)} cannot separate fields. Use an ASCII mark, such as a comma, a semicolon, a tab or a bar.");
        }

        if (!IsMark(layout.Quote, blanksToo: false))
        {
            return new LayoutProblem("quote", $"{Show(layout.Quote)} cannot quote fields. Use an ASCII mark, such as \" or '.");
        }

        if (layout.Separator == layout.Quote)
        {
            return new LayoutProblem("separator", $"{Show(layout.Quote)} is the quote. It cannot also separate fields.");
        }

        if (layout.Escape is { } escape && (!IsMark(escape, blanksToo: false) || escape == layout.Quote || escape == layout.Separator))
        {
            return new LayoutProblem("escape", $"{Show(escape)} cannot escape characters. Use an ASCII mark that is neither the quote nor the separator, such as \\.");
        }

        if (layout.Rows is not null && !IsPath(layout.Rows))
        {
            return new LayoutProblem("rows", $"'{layout.Rows}' is not a path. Write the names of the members that lead to the array, separated by points, such as data.transactions.");
        }

        if (layout.SkipRows < 0)
        {
            return new LayoutProblem("skipRows", string.Create(CultureInfo.InvariantCulture, $"{layout.SkipRows} lines cannot be skipped. Use 0 or more."));
        }

        if (layout.MaxRecordBytes is < LeastRecordBytes or > MostRecordBytes)
        {
            return new LayoutProblem("maxRecordBytes", string.Create(CultureInfo.InvariantCulture, $"{layout.MaxRecordBytes} bytes are not a valid limit for a record. Use {LeastRecordBytes} (1 KiB) to {MostRecordBytes} (64 MiB)."));
        }

        if (layout.Footer.Any(string.IsNullOrWhiteSpace))
        {
            return new LayoutProblem("footer", "A blank is not a word that a footer begins with. Remove it: blank lines are never rows.");
        }

        if (layout.Stated.Select(line => StatedLines.FaultOf(line, NotAColumn)).FirstOrDefault(fault => fault is not null) is { } wrong)
        {
            return new LayoutProblem("stated", wrong);
        }

        return layout.Encoding is { } name && !SourceEncodings.IsKnown(name)
            ? new LayoutProblem("encoding", $"'{name}' is not an encoding. Use an IANA name, such as utf-8, windows-1252, iso-8859-1 or utf-16.")
            : null;
    }

    private static string? NotAColumn(string column) =>
        string.IsNullOrWhiteSpace(column) ? "A blank is not a column. Name a column, or its place, such as #1."
        : HeaderNames.TryReadPlace(column.Trim(), out int place) && place == 0 ? "#0 is not a column. Places begin at #1."
        : null;

    /// <summary>Whether a character can separate fields.</summary>
    public static bool CanSeparate(char character) => IsMark(character, blanksToo: true);

    /// <summary>Whether a text is a path to rows: names separated by points, none of them blank.</summary>
    public static bool IsPath(string text) => !text.Split('.').Any(string.IsNullOrWhiteSpace);

    private static bool IsMark(char character, bool blanksToo) =>
        char.IsAscii(character)
        && !char.IsAsciiLetterOrDigit(character)
        && (!char.IsControl(character) || (blanksToo && character == '\t'))
        && (character != ' ' || blanksToo);

    private static string Show(char character) => char.IsControl(character)
        ? string.Create(CultureInfo.InvariantCulture, $"U+{(int)character:X4}")
        : $"'{character}'";
}

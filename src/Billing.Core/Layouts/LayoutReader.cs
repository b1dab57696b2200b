using System.Globalization;
using Billing.Settings;

namespace Billing.Layouts;

/// <summary>Reads layout files (docs/layout-file.md). Every error names its line.</summary>
internal static class LayoutReader
{
    private const string Members = "columns, debitIsNegative, debitsAreSigned, direction, feeIsSigned, minorUnits, negateAmounts, defaultCurrency, required, ignore, numbers, dateFormats, timeZone, identity, separator, quote, escape, header, skipRows, repeatedHeaders, footer, stated, pending, rows, encoding, nullValues, maxRecordBytes";

    private const string NumberMembers = "decimalMark, groupSeparators, indianGroups, parentheses, trailingMinus, exponent, currencySign, debitCredit";

    /// <param name="utf8">The file.</param>
    /// <param name="name">The name of the file in messages.</param>
    /// <exception cref="BillingConfigurationException">The file is not a valid layout.</exception>
    public static SourceLayout Read(ReadOnlySpan<byte> utf8, string name)
    {
        SettingsNode root = SettingsJson.Parse(utf8, name);
        Expect(root, SettingsKind.Object, "A layout", "an object, such as { \"columns\": { \"date\": \"bill_date\" } }");
        SourceLayout layout = new() { Name = name };
        foreach (SettingsMember member in root.Members)
        {
            layout = Apply(layout, root, member);
        }

        return LayoutRules.Find(layout) is { } problem ? throw root.ErrorAt(LineOf(root, problem.Member), problem.Message) : layout;
    }

    private static SourceLayout Apply(SourceLayout layout, SettingsNode root, SettingsMember member) => member.Name switch
    {
        "columns" => Columns(layout, member),
        "debitIsNegative" => layout with { DebitIsNegative = Truth(member) },
        "debitsAreSigned" => layout with { DebitsAreSigned = member.Value.Kind == SettingsKind.Null ? null : Truth(member) },
        "direction" => Direction(layout, member),
        "feeIsSigned" => layout with { FeeIsSigned = Truth(member) },
        "minorUnits" => layout with { MinorUnits = Truth(member) },
        "negateAmounts" => layout with { NegateAmounts = Truth(member) },
        "defaultCurrency" => layout with { DefaultCurrency = TextOrNull(member) },
        "required" => layout with { Required = Texts(member) },
        "ignore" => layout with { Ignore = member.Value.Kind == SettingsKind.Null ? null : Texts(member) },
        "numbers" => layout with { Numbers = Numbers(member) },
        "dateFormats" => layout with { DateFormats = Texts(member) },
        "timeZone" => layout with { TimeZone = TextOrNull(member) },
        "identity" => layout with { Identity = Identity(member) },
        "separator" => layout with { Separator = member.Value.Kind == SettingsKind.Null ? null : Character(member) },
        "quote" => layout with { Quote = Character(member) },
        "escape" => layout with { Escape = member.Value.Kind == SettingsKind.Null ? null : Character(member) },
        "header" => layout with { HasHeader = Truth(member) },
        "skipRows" => layout with { SkipRows = WholeNumber(member) },
        "repeatedHeaders" => layout with { RepeatedHeaders = Truth(member) },
        "rows" => layout with { Rows = TextOrNull(member) },
        "footer" => layout with { Footer = Texts(member) },
        "stated" => layout with { Stated = StatedLines.Read(member) },
        "pending" => layout with { Pending = PendingMembers.Read(member) },
        "encoding" => layout with { Encoding = TextOrNull(member) },
        "nullValues" => layout with { NullValues = Texts(member) },
        "maxRecordBytes" => layout with { MaxRecordBytes = WholeNumber(member) },
        _ => throw Unknown(root, member, "A layout", Members),
    };

    private static SourceLayout Columns(SourceLayout layout, SettingsMember columns)
    {
        Expect(columns.Value, SettingsKind.Object, "'columns'", "an object, such as { \"date\": \"bill_date\" }");
        foreach (SettingsMember member in columns.Value.Members)
        {
            ColumnRole? role = null;
            foreach (ColumnRole candidate in ColumnRoles.All)
            {
                role = ColumnRoles.NameOf(candidate) == member.Name ? candidate : role;
            }

            if (role is null)
            {
                throw Unknown(columns.Value, member, "'columns'", string.Join(", ", ColumnRoles.All.Select(ColumnRoles.NameOf)));
            }

            layout = layout.WithColumn(role.Value, TextOrNull(member) ?? "");
        }

        return layout;
    }

    private static SourceLayout Direction(SourceLayout layout, SettingsMember direction)
    {
        Expect(direction.Value, SettingsKind.Object, "'direction'", "an object, such as { \"debit\": [\"S\"], \"credit\": [\"H\"] }");
        foreach (SettingsMember member in direction.Value.Members)
        {
            layout = member.Name switch
            {
                "debit" => layout with { DebitWords = Texts(member) },
                "credit" => layout with { CreditWords = Texts(member) },
                _ => throw Unknown(direction.Value, member, "'direction'", "debit, credit"),
            };
        }

        return layout;
    }

    public static NumberFormat Numbers(SettingsMember numbers)
    {
        Expect(numbers.Value, SettingsKind.Object, "'numbers'", "an object, such as { \"decimalMark\": \",\" }");
        NumberFormat format = NumberFormat.Invariant;
        foreach (SettingsMember member in numbers.Value.Members)
        {
            format = member.Name switch
            {
                "decimalMark" => format with { DecimalMark = Character(member) },
                "groupSeparators" => format with { GroupSeparators = Text(member) },
                "indianGroups" => format with { IndianGroups = Truth(member) },
                "parentheses" => format with { AllowParentheses = Truth(member) },
                "trailingMinus" => format with { AllowTrailingMinus = Truth(member) },
                "exponent" => format with { AllowExponent = Truth(member) },
                "currencySign" => format with { AllowCurrencySign = Truth(member) },
                "debitCredit" => format with { AllowDebitCredit = Truth(member) },
                _ => throw Unknown(numbers.Value, member, "'numbers'", NumberMembers),
            };
        }

        return format;
    }

    public static RecordIdentity? Identity(SettingsMember member)
    {
        SettingsNode value = member.Value;
        if (value.Kind == SettingsKind.Null)
        {
            return null;
        }

        try
        {
            // A list of columns is for names that contain commas.
            return value.Kind != SettingsKind.Object ? RecordIdentity.Parse(Text(member))
                : value.Members is [{ Name: "columns" } columns] ? RecordIdentity.Columns(Texts(columns))
                : value.Members is [{ Name: "columns+occurrence" } counted] ? RecordIdentity.CountedColumns(Texts(counted))
                : RecordIdentity.Parse(Text(member));
        }
        catch (Exception exception) when (exception is FormatException or BillingConfigurationException { File: null })
        {
            throw value.Error(exception is FormatException
                ? exception.Message
                : "'columns' of an identity must name at least one column, and no name may be blank.");
        }
    }

    private static string Text(SettingsMember member)
    {
        Expect(member.Value, SettingsKind.Text, $"'{member.Name}'", "a text in quotes");
        return member.Value.Text;
    }

    private static string? TextOrNull(SettingsMember member) => member.Value.Kind == SettingsKind.Null ? null : Text(member);

    private static bool Truth(SettingsMember member)
    {
        Expect(member.Value, SettingsKind.Truth, $"'{member.Name}'", "true or false");
        return member.Value.Text == "true";
    }

    private static char Character(SettingsMember member) => Text(member) is [var character]
        ? character
        : throw member.Value.Error($"'{member.Name}' must be one character, not {member.Value.Description}.");

    private static int WholeNumber(SettingsMember member)
    {
        Expect(member.Value, SettingsKind.Number, $"'{member.Name}'", "a whole number");
        return int.TryParse(member.Value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw member.Value.Error($"'{member.Name}' must be a whole number of at most {int.MaxValue.ToString(CultureInfo.InvariantCulture)}, not {member.Value.Description}.");
    }

    private static string[] Texts(SettingsMember member)
    {
        Expect(member.Value, SettingsKind.List, $"'{member.Name}'", "a list of texts in brackets");
        foreach (SettingsNode item in member.Value.Items)
        {
            Expect(item, SettingsKind.Text, $"Each of '{member.Name}'", "a text in quotes");
        }

        return [.. member.Value.Items.Select(item => item.Text)];
    }

    private static void Expect(SettingsNode node, SettingsKind kind, string what, string expected)
    {
        if (node.Kind != kind)
        {
            throw node.Error($"{what} must be {expected}, not {node.Description}.");
        }
    }

    private static BillingConfigurationException Unknown(SettingsNode parent, SettingsMember member, string what, string allowed) =>
        parent.ErrorAt(member.Line, $"{what} has no '{member.Name}'. It may have {allowed}.");

    private static long LineOf(SettingsNode node, string path)
    {
        long line = node.Line;
        foreach (string name in path.Split('.'))
        {
            if (node.Find(name) is not { } member)
            {
                break;
            }

            line = member.Line;
            node = member.Value;
        }

        return line;
    }
}

using System.Globalization;
using System.Text;
using Billing.Fingerprints;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Fingerprints;

public sealed class CanonicalFormProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(2000);

    [Fact]
    public void Reading_it_back_gives_every_field_trimmed_composed_and_in_order() =>
        Check.One(Thorough, Prop.ForAll(Arb.From(Contents.Any), content =>
            CanonicalFormReader.Read(content.ToBytes()).SequenceEqual(Expected(content))));

    [Fact]
    public void Contents_have_the_same_bytes_exactly_when_they_say_the_same() =>
        Check.One(Thorough, Prop.ForAll(Arb.From(Contents.Neighbours), pair =>
            pair.Item1.ToBytes().AsSpan().SequenceEqual(pair.Item2.ToBytes()) == Expected(pair.Item1).SequenceEqual(Expected(pair.Item2))));

    [Fact]
    public void Zeros_spaces_composition_offsets_attribute_order_and_blank_attributes_do_not_matter() =>
        Check.One(Thorough, Prop.ForAll(Arb.From(Contents.Respelled), pair =>
            pair.Item1.ToBytes().AsSpan().SequenceEqual(pair.Item2.ToBytes())));

    [Fact]
    public void A_record_has_the_bytes_of_its_row() =>
        Check.One(Thorough, Prop.ForAll(Arb.From(Contents.Any), content =>
        {
            FormBuffer buffer = new();
            CanonicalForm.Write(content.ToRecord(), buffer);
            return buffer.Written.SequenceEqual(content.ToBytes());
        }));

    private static List<(string, string)> Expected(RecordContent content)
    {
        List<(string, string)> fields = [("date", content.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
        if (content.Instant is { } instant)
        {
            fields.Add(("instant", instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)));
        }

        AddUnlessBlank("id", content.Id);
        AddUnlessBlank("party", content.Party);
        AddUnlessBlank("account", content.Account);
        AddUnlessBlank("description", content.Description);
        fields.Add(("amount", ExactSum.From(content.Amount).ToString()));
        fields.Add(("currency", content.Currency));
        fields.AddRange(content.Attributes
            .Where(attribute => !string.IsNullOrWhiteSpace(attribute.Value))
            .Select(attribute => (Name: Folded(attribute.Name), Value: Clean(attribute.Value!), Written: attribute.Name))
            .OrderBy(attribute => Convert.ToHexString(Encoding.UTF8.GetBytes(attribute.Name)), StringComparer.Ordinal)
            .ThenBy(attribute => Convert.ToHexString(Encoding.UTF8.GetBytes(attribute.Written)), StringComparer.Ordinal)
            .Select(attribute => ("@" + attribute.Name, attribute.Value)));
        return fields;

        void AddUnlessBlank(string name, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                fields.Add((name, Clean(text)));
            }
        }
    }

    // Of what Contents makes, the framework folds the same.
    private static string Folded(string text) => Clean(Clean(text).ToLowerInvariant());

    private static string Clean(string text) => text.Trim().Normalize(NormalizationForm.FormC);
}

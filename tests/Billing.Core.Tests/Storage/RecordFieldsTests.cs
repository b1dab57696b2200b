using System.Reflection;
using Billing.Storage;

namespace Billing.Core.Tests.Storage;

/// <summary>The one list of fields names every property of a record, and writes and reads each.</summary>
public sealed class RecordFieldsTests
{
    // Stores keep the subjects with the alerts.
    private static readonly PropertyInfo[] s_properties =
        [.. typeof(BillingRecord).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != nameof(BillingRecord.AlertSubjects))];

    [Fact]
    public void The_list_has_every_public_property_of_a_record() =>
        Assert.Equal(s_properties.Select(property => property.Name).Order(StringComparer.Ordinal), RecordFields.All.Select(PropertyOf).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_field_is_written_once_in_the_order_of_the_list_as_its_kind_and_with_its_value()
    {
        BillingRecord record = EveryField.Record();
        FieldNotes notes = Written(record);
        Assert.Equal(RecordFields.All.Select(field => (field, field.Kind)), notes.Notes.Select(note => (note.Field, note.Kind)));
        Assert.All(notes.Notes, note => Assert.Equal(ValueOf(record, PropertyOf(note.Field)), note.Value is long number ? (int)number : note.Value));
    }

    [Fact]
    public void Every_field_is_read_back()
    {
        BillingRecord record = EveryField.Record();
        BillingRecord read = RecordFields.Read(Written(record));
        Assert.All(s_properties, property => Assert.Equal(property.GetValue(record), property.GetValue(read)));
    }

    [Fact]
    public void The_record_of_every_field_has_none_that_is_as_it_would_be_by_default()
    {
        BillingRecord empty = Some.Record(party: null, description: null);
        Assert.All(s_properties, property => Assert.NotEqual(property.GetValue(empty), property.GetValue(EveryField.Record())));
        Assert.All(EveryField.TextsOf(EveryField.Record()), field => Assert.False(string.IsNullOrEmpty(field.Text), field.Field));
        Assert.Distinct(EveryField.TextsOf(EveryField.Record()).Select(field => field.Field));
    }

    [Fact]
    public void A_record_that_moves_keeps_every_field_but_those_that_are_given()
    {
        BillingRecord record = EveryField.Record();
        BillingRecord moved = record.Moved(Some.Key("2"), Some.Record("2").Fingerprint, 4, RecordAttributes.Empty);
        Assert.Equal(
            ["attributes", "fingerprint", "key", "occurrence"],
            Written(record).Notes.Zip(Written(moved).Notes).Where(pair => !Equals(pair.First.Value, pair.Second.Value)).Select(pair => pair.First.Field.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Columns_have_names_and_places_of_their_own()
    {
        string[] columns = [.. RecordFields.All.SelectMany(field => field.Columns)];
        Assert.Distinct(columns);
        Assert.All(RecordFields.All, field => Assert.Equal(field.Columns[0], columns[field.Column]));
        Assert.Equal("reportingAmount", RecordFields.ReportingAmount.JsonName);
    }

    private static FieldNotes Written(BillingRecord record)
    {
        FieldNotes notes = new();
        RecordFields.Write(record, notes);
        return notes;
    }

    private static string PropertyOf(RecordField field) => char.ToUpperInvariant(field.JsonName[0]) + field.JsonName[1..];

    private static object? ValueOf(BillingRecord record, string property) => s_properties.Single(one => one.Name == property).GetValue(record);
}

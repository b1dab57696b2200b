using System.Text;

namespace Billing.Core.Tests.Fingerprints;

/// <summary>Reads canonical form back. That it can be read in one way only is what makes different records different bytes.</summary>
internal static class CanonicalFormReader
{
    public static IReadOnlyList<(string Name, string Value)> Read(ReadOnlySpan<byte> form)
    {
        ReadOnlySpan<byte> domain = "billing.record.v2\n"u8;
        Assert.True(form.StartsWith(domain));
        form = form[domain.Length..];
        List<(string, string)> fields = [];
        while (!form.IsEmpty)
        {
            string name;
            if (form[0] == (byte)'@')
            {
                form = form[1..];
                name = "@" + Prefixed(ref form);
                Assert.Equal((byte)' ', form[0]);
                form = form[1..];
            }
            else
            {
                int space = form.IndexOf((byte)' ');
                name = Encoding.UTF8.GetString(form[..space]);
                form = form[(space + 1)..];
            }

            fields.Add((name, Prefixed(ref form)));
            Assert.Equal((byte)'\n', form[0]);
            form = form[1..];
        }

        return fields;
    }

    private static string Prefixed(ref ReadOnlySpan<byte> form)
    {
        int colon = form.IndexOf((byte)':');
        int length = int.Parse(form[..colon], System.Globalization.CultureInfo.InvariantCulture);
        string value = Encoding.UTF8.GetString(form.Slice(colon + 1, length));
        form = form[(colon + 1 + length)..];
        return value;
    }
}

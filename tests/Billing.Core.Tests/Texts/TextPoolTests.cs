using System.Text;
using Billing.Texts;

namespace Billing.Core.Tests.Texts;

public sealed class TextPoolTests
{
    [Fact]
    public void A_text_that_repeats_is_one_string()
    {
        TextPool pool = new();
        Assert.Same(pool.Get("Bakery"u8), pool.Get("Bakery"u8));
        Assert.Equal("Zürich", pool.Get("Zürich"u8));
        Assert.Equal("", pool.Get([]));
    }

    /// <summary>Stages of a run share pools: one applies rules to a batch while another makes records of the batch before.</summary>
    [Fact]
    public void Threads_that_share_a_pool_never_get_each_others_texts()
    {
        TextPool pool = new();
        // Of one length, and with the same first, middle and last letter: all want one place.
        byte[][] texts = [.. Enumerable.Range(0, 16).Select(i => Encoding.UTF8.GetBytes($"a{(char)('a' + i)}b{(char)('a' + i)}c"))];
        int wrong = 0;
        Parallel.For(0, 4, thread =>
        {
            for (int i = 0; i < 300_000; i++)
            {
                byte[] text = texts[((i / 3) + thread) % 4];
                string got = pool.Get(text);
                if (got.Length != text.Length || !Ascii.Equals(text, got))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        });
        Assert.Equal(0, wrong);
    }
}

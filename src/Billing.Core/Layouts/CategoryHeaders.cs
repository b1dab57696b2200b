using System.Collections.Frozen;
using Billing.Texts;

namespace Billing.Layouts;

/// <summary>The headers of columns that hold the sender's own category. They are proposed, never taken: a layout states them.</summary>
internal static class CategoryHeaders
{
    private static readonly FrozenSet<string> s_names = string.Join(
        ' ',
        "category categories categoryname transactioncategory expensecategory spendingcategory paymentcategory expensetype costcategory budgetcategory",
        "kategorie kategorien buchungskategorie ausgabenkategorie kostenart categoría categoria categoríadegasto catégorie categorie catégoriededépense rubrique",
        "categoriadispesa uitgavencategorie rubriek categoriadedespesa kategori utgiftskategori luokka kategoria kategoriawydatku kategória kategorija categoriecheltuieli",
        "категория категорія κατηγορία 类别 類別 分类 分類 カテゴリ カテゴリー 카테고리").Split(' ').Select(PlainName.Of).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a header is known as that of a category.</summary>
    public static bool Knows(string name) => s_names.Contains(PlainName.Of(name));
}

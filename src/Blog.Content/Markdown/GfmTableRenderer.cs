using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Blog.Content.Markdown;

/// <summary>
/// Tables of GFM 0.29, “Tables (extension)”: in a box that scrolls, with header cells that say what they head and alignment by class, since the site's
/// policy allows no inline style. With <paramref name="plain"/>, exactly as the specification's examples have them.
/// </summary>
public sealed class GfmTableRenderer(bool plain = false, string label = "Table") : HtmlTableRenderer
{
    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        if (!renderer.EnableHtmlForBlock)
        {
            base.Write(renderer, table);
            return;
        }

        renderer.EnsureLine();
        if (!plain) renderer.WriteLine("<div class=\"table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"" + label + "\">");
        renderer.Write("<table").WriteAttributes(table).WriteLine('>');
        var section = "";
        foreach (var row in table.OfType<TableRow>())
        {
            var next = row.IsHeader ? "thead" : "tbody";
            if (section != next)
            {
                if (section.Length > 0) renderer.Write("</").Write(section).WriteLine('>');
                renderer.Write('<').Write(section = next).WriteLine('>');
            }

            renderer.Write("<tr").WriteAttributes(row).WriteLine('>');
            for (var i = 0; i < row.Count; i++) WriteCell(renderer, table, row, (TableCell)row[i], i);
            renderer.WriteLine("</tr>");
        }

        if (section.Length > 0) renderer.Write("</").Write(section).WriteLine('>');
        renderer.WriteLine("</table>");
        if (!plain) renderer.WriteLine("</div>");
    }

    private void WriteCell(HtmlRenderer renderer, Table table, TableRow row, TableCell cell, int index)
    {
        var column = cell.ColumnIndex >= 0 ? cell.ColumnIndex : index;
        var align = column >= table.ColumnDefinitions.Count ? null : table.ColumnDefinitions[column].Alignment switch
        {
            TableColumnAlign.Left => "left",
            TableColumnAlign.Center => "center",
            TableColumnAlign.Right => "right",
            _ => null,
        };
        if (align is not null && !plain) cell.GetAttributes().AddClass("align-" + align);

        var tag = row.IsHeader ? "th" : "td";
        renderer.Write('<').Write(tag);
        if (row.IsHeader && !plain) renderer.Write(" scope=\"col\"");
        if (align is not null && plain) renderer.Write(" align=\"").Write(align).Write('"');
        renderer.WriteAttributes(cell).Write('>');

        var implicitParagraph = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = true;
        renderer.WriteChildren(cell);
        renderer.ImplicitParagraph = implicitParagraph;
        renderer.Write("</").Write(tag).WriteLine('>');
    }
}

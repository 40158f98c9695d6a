//! What columns are commonly called.

use crate::import::field::Field;
use crate::import::row::fold;

/// A column name as letters and digits only: `Order_ID`, `order id` and `OrderId` are one.
pub fn plain(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a column is called like one of these names.
pub fn is_called(column: &str, names: &str) -> bool {
    let column = plain(column);
    names.split_whitespace().any(|name| name == column)
}

/// Columns that hold the first name.
pub const FIRST_NAMES: &str = "firstname givenname vorname prénom prenom nombre nome voornaam";

/// Columns that hold the last name.
pub const LAST_NAMES: &str =
    "lastname surname familyname nachname nom nomdefamille apellidos apellido cognome achternaam";

/// Fields that tell how the buyer of an order came.
pub const ARRIVAL: &[Field] =
    &[Field::UtmSource, Field::UtmMedium, Field::Campaign, Field::Device, Field::Landing, Field::Referrer];

/// Names of each field's column, in the form of [`plain`], best first; a column goes to the first field that
/// wants it.
pub const SYNONYMS: &[(Field, &str)] = &[
    // Those of touchpoints go first: a client is a browser there, and a source no channel.
    (
        Field::VisitorId,
        "visitorid visitor userpseudoid fullvisitorid clientid gaclientid anonymousid cookieid deviceid browserid \
         distinctid besucherid visiteurid",
    ),
    (
        Field::UtmSource,
        "utmsource sessionsource source trafficsource sessionsourcemedium sourcemedium trafficsourcesource \
         collectedtrafficsourcemanualsource quelle",
    ),
    (Field::UtmMedium, "utmmedium sessionmedium medium trafficsourcemedium collectedtrafficsourcemanualmedium"),
    (
        Field::OrderId,
        "orderid ordernumber orderno ordernr order orderref orderreference invoiceno invoice invoiceid \
         invoicenumber transactionid receiptnumber receiptid salesorder salesordernumber bestellnummer \
         bestellnr bestellung auftragsnummer auftrag rechnungsnummer rechnungsnr numérodecommande commande \
         ncommande idcommande référence pedido numerodepedido idpedido numpedido ordine numeroordine idordine \
         ordernummer bestelnummer numerodopedido cartid checkoutid",
    ),
    (
        Field::PlacedAt,
        "placedat createdat orderdate orderedat orderdatetime ordertimestamp invoicedate purchasedate \
         purchasedat transactiondate ordercreatedat ordercreated saledate salesdate datecreated created date \
         datetime timestamp bestelldatum auftragsdatum rechnungsdatum kaufdatum datum datedecommande \
         datecommande fecha fechadepedido fechapedido dataordine data datadopedido besteldatum orderdatum \
         abandonedat updatedat",
    ),
    (Field::PlacedTime, "ordertime timeofday time uhrzeit bestellzeit heure hora ora"),
    (
        Field::CustomerId,
        "customerid customernumber customerno customernr customercode custid clientid userid memberid \
         accountid buyerid shopperid kundennummer kundennr kundenid numéroclient idclient codeclient \
         idcliente clienteid numerocliente codicecliente klantnummer klantid customer client",
    ),
    (
        Field::Email,
        "email emailaddress customeremail custemail clientemail customeremailaddress buyeremail billingemail contactemail useremail \
         mail emailadresse mailadresse adresseemail courriel correo correoelectronico correoelectrónico \
         indirizzoemail emailcliente emailadres",
    ),
    (
        Field::CustomerName,
        "customername fullname buyername clientname contactname billingname kundenname kunde nomduclient \
         nomclient nombrecliente nombrecompleto nomecliente klantnaam nomecompleto",
    ),
    (
        Field::Country,
        "country countrycode billingcountry shippingcountry shipcountry countryregion customercountry land \
         ländercode pays país pais paese nazione",
    ),
    (
        Field::Channel,
        "channel saleschannel source ordersource utmsource trafficsource marketingchannel kanal \
         vertriebskanal canal canale kanaal",
    ),
    (
        Field::Sku,
        "sku stockcode productsku itemsku variantsku productid productcode itemid itemcode itemno itemnumber \
         articlenumber articleno partnumber asin ean gtin barcode artikelnummer artikelnr artnr produktnummer \
         référenceproduit codeproduit codigo código referencia codiceprodotto codicearticolo article item",
    ),
    (
        Field::Title,
        "title productname producttitle product item itemname itemtitle description itemdescription \
         productdescription lineitemname lineitem name articlename artikelname artikel produkt produktname \
         bezeichnung artikelbezeichnung produit nomduproduit désignation libellé producto nombreproducto \
         descripcion descripción prodotto nomeprodotto descrizione produto productnaam omschrijving",
    ),
    // A bare name is a product's where there are products, else a person's.
    (Field::CustomerName, "name"),
    (
        Field::Category,
        "category productcategory categoryname producttype itemcategory department productgroup kategorie \
         warengruppe catégorie categorie categoría categoria",
    ),
    (
        Field::Quantity,
        "quantity qty orderquantity quantityordered qtyordered orderedqty itemquantity units unitssold \
         numberofitems itemcount pieces count menge anzahl stückzahl quantité quantite qté qte cantidad \
         quantità quantita quantidade aantal",
    ),
    (
        Field::UnitPrice,
        "unitprice price itemprice productprice priceperunit priceeach saleprice sellingprice lineitemprice \
         unitcost einzelpreis stückpreis preis prixunitaire prix preciounitario precio prezzounitario prezzo \
         preçounitário preço stukprijs prijs",
    ),
    (
        Field::LineAmount,
        "lineamount linetotal lineitemtotal itemtotal rowtotal linesubtotal extendedprice amount sales \
         salesamount lineprice netsales grosssales revenue positionsbetrag zeilensumme gesamtpreis umsatz \
         montantligne importe importo regelbedrag",
    ),
    (Field::LineDiscount, "linediscount lineitemdiscount itemdiscount linediscountamount positionsrabatt"),
    (
        Field::Discount,
        "discount discountamount orderdiscount totaldiscount discounttotal discounts rabatt rabattbetrag \
         remise réduction descuento sconto desconto korting",
    ),
    (
        Field::DiscountCode,
        "discountcode discountcodes couponcode coupon coupons promocode promotioncode vouchercode voucher \
         gutscheincode gutschein rabattcode codepromo cupon cupón codicesconto kortingscode",
    ),
    (
        Field::Shipping,
        "shipping ship shippingcharge shippingcost shippingcosts shippingamount shippingtotal shippingfee shippingprice freight \
         deliveryfee deliverycost postage versand versandkosten livraison fraisdeport fraisdelivraison envio \
         envío gastosdeenvio spedizione speseidispedizione frete verzendkosten",
    ),
    (
        Field::Tax,
        "tax taxes taxamount totaltax taxtotal vat vatamount salestax gst mwst ust steuer mehrwertsteuer tva \
         iva impuesto imposta btw",
    ),
    (
        Field::Total,
        "total ordertotal totalamount grandtotal totalprice ordervalue orderamount totalpaid amountpaid \
         totalsales totalvalue cartvalue carttotal amount sales revenue gesamt gesamtbetrag gesamtsumme summe \
         bestellwert totalttc montanttotal montant importetotal importe totale importo valortotal totaal \
         totaalbedrag",
    ),
    (
        Field::Refunded,
        "refunded refundedamount refundamount refund amountrefunded totalrefunded refundtotal erstattet \
         erstattung remboursé remboursement reembolso rimborso terugbetaald",
    ),
    (Field::RefundedAt, "refundedat refunddate erstattetam datederemboursement"),
    (
        Field::Status,
        "status orderstatus financialstatus paymentstatus state orderstate bestellstatus zahlungsstatus \
         statut estado stato",
    ),
    (Field::CancelledAt, "cancelledat canceledat cancellationdate storniertam"),
    (Field::Test, "test istest testorder"),
    (Field::Currency, "currency cur ccy currencycode ordercurrency währung waehrung devise moneda valuta moeda"),
    (
        Field::Phone,
        "phone phonenumber telephone mobile mobilephone cell telefon telefonnummer handy téléphone teléfono \
         telefono telefone telefoon",
    ),
    (
        Field::CreatedAt,
        "createdat created datecreated signupdate signedupat signup registeredat registrationdate registered \
         customersince joined datejoined dateadded accountcreated registriertam angelegtam datedinscription \
         fechaderegistro dataregistrazione",
    ),
    (
        Field::BirthDate,
        "birthdate dateofbirth dob birthday geburtsdatum datedenaissance fechadenacimiento datadinascita \
         datadenascimento geboortedatum",
    ),
    (
        Field::ConsentEmail,
        "consentemail emailconsent acceptsmarketing acceptsemailmarketing emailoptin newsletter subscribed \
         optin marketingconsent emailmarketingconsent emailsubscribed newsletteranmeldung",
    ),
    (Field::ConsentSms, "consentsms smsconsent acceptssmsmarketing smsoptin smsmarketingconsent"),
    (Field::ConsentAt, "consentat consentdate optintime optindate optinat subscribedat"),
    (Field::Tags, "tags tag labels customertags producttags schlagwörter étiquettes etiquetas"),
    (Field::Brand, "brand vendor manufacturer supplier marke hersteller marque marca merk"),
    (
        Field::Price,
        "price regularprice listprice retailprice unitprice saleprice variantprice rrp preis verkaufspreis \
         prix prixdevente precio prezzo preço prijs",
    ),
    (
        Field::Cost,
        "cost unitcost costprice costperitem purchaseprice cogs costofgoods einkaufspreis ek kosten coût \
         prixdachat coste costo custo inkoopprijs",
    ),
    (
        Field::Stock,
        "stock inventory stockquantity inventoryquantity unitsinstock instock onhand qtyonhand quantityonhand \
         available quantity qty bestand lagerbestand existencias giacenza estoque voorraad",
    ),
    (
        Field::SpentOn,
        "date day spenton spentdate spenddate reportdate reportingdate statdate datum tag fecha dia día data giorno \
         jour dag",
    ),
    (
        Field::AdChannel,
        "channel adchannel marketingchannel platform network adnetwork adplatform source utmsource medium publisher \
         kanal plattform netzwerk canal plateforme plataforma canale piattaforma kanaal",
    ),
    (Field::CampaignId, "campaignid campaignkey utmid kampagnenid idcampagne idcampaña idcampagna"),
    (
        Field::Campaign,
        "campaign campaignname utmcampaign sessioncampaign trafficsourcename kampagne kampagnenname campagne nomdelacampagne campaña nombredelacampaña \
         campagna nomecampagna campagnenaam",
    ),
    (
        Field::Spent,
        "spend adspend amountspent spent cost costs totalspend totalcost mediacost marketingspend adcost amount kosten \
         ausgaben werbekosten werbeausgaben ausgegebenerbetrag dépenses depenses coût coûts gasto gastos coste costo \
         importespeso spesa uitgaven",
    ),
    (Field::Conversions, "conversions conv purchases claimedorders konversionen käufe achats compras acquisti"),
    (
        Field::ConversionValue,
        "conversionvalue conversionsvalue convvalue purchasevalue purchasesvalue purchasesconversionvalue claimedrevenue \
         konversionswert",
    ),
    (Field::Impressions, "impressions impr views shown impressionen impresiones impressioni weergaven vertoningen"),
    (
        Field::EventAt,
        "eventat eventtime eventtimestamp eventdate happenedat occurredat viewedat timestamp datetime time date zeitpunkt \
         horodatage",
    ),
    (Field::Event, "event eventname eventtype action activity ereignis événement evento"),
    (Field::Clicks, "clicks linkclicks klicks clics clic clicchi klikken"),
    (
        Field::TouchedAt,
        "touchedat touchpointat touchtime touchdate touchpointdate touchpointtime timestamp datetime eventtimestamp \
         eventtime time visitedat visittime visitdate sessionstart sessionstarttime clickedat clicktime occurredat \
         happenedat date eventdate zeitpunkt datum horodatage fecha data",
    ),
    (
        Field::TouchKind,
        "touchkind touchtype touchpointtype touchpoint kind type eventname event interaction interactiontype action \
         aktion",
    ),
    (Field::Device, "device devicetype devicecategory platformdevice gerät geräteart appareil dispositivo"),
    (Field::TouchCost, "cost touchcost costs spend spent clickcost cpc kosten coût coste costo"),
    (
        Field::Landing,
        "landingpage landingsite landing landingurl landingpageurl pagelocation entrypage sessionentry firstpage \
         zielseite einstiegsseite",
    ),
    (Field::Referrer, "referrer referer referringsite referrerurl pagereferrer referringurl"),
];
